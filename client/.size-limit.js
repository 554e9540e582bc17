import { filesBeforeJoin } from './scripts/size_files.mjs';

const { atOnce, beforeJoin } = filesBeforeJoin('dist');

export default [
  { name: 'join page, first paint', path: atOnce, gzip: true, limit: '60 kB' },
  {
    name: 'before join, with what is loaded meanwhile',
    path: beforeJoin,
    gzip: true,
    limit: '250 kB',
  },
];
