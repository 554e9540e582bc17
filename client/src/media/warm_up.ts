import { newRoom } from './new_room';

/**
 * Lets the browser load its WebRTC parts and make a certificate before the call needs them: one
 * connection that goes nowhere, offered and closed, and one room that is never joined.
 */
export async function warmUpConnections(): Promise<void> {
  newRoom('full', { microphone: null, camera: null, speaker: null });
  const connection = new RTCPeerConnection();
  try {
    connection.createDataChannel('warm-up');
    connection.addTransceiver('audio', { direction: 'recvonly' });
    connection.addTransceiver('video', { direction: 'recvonly' });
    await connection.setLocalDescription(await connection.createOffer());
  } catch (error) {
    console.warn('warming up failed', error);
  } finally {
    connection.close();
  }
}
