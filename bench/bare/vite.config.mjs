/** Builds the bare page with the client's own Vite and livekit-client, for the same browsers. */
import { fileURLToPath } from 'node:url';

const sdk = '../../client/node_modules/livekit-client/dist/livekit-client.esm.mjs';

export default {
  root: fileURLToPath(new URL('.', import.meta.url)),
  resolve: { alias: { 'livekit-client': fileURLToPath(new URL(sdk, import.meta.url)) } },
  build: { target: 'es2020', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 600 },
};
