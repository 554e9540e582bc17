import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: '/static/',
  plugins: [svelte()],
  build: {
    outDir: 'dist',
    manifest: true,
    target: 'es2020',
    cssTarget: ['chrome87', 'firefox85', 'safari14'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'livekit', test: /node_modules[\\/](livekit-client|@livekit)/ }],
        },
      },
      input: [
        'src/pages/site.ts',
        'src/pages/meeting.ts',
        'src/pages/devices.ts',
        'src/pages/request.ts',
        'src/pages/request_worker.ts',
      ],
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
  },
});
