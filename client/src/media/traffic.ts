import type { Room } from 'livekit-client';

/** Bytes of IPv4 and UDP headers that every packet carries besides what the browser counts. */
const PACKET_HEADERS = 28;

interface Count {
  sent: number;
  received: number;
}

export interface Traffic extends Count {}

/** Adds up what a call sends and receives, over all its connections. */
export class TrafficCounter {
  private total: Count = { sent: 0, received: 0 };
  private last = new Map<string, Count>();

  /** Reads the running connections of `room`; call it every few seconds. */
  async read(room: Room): Promise<Traffic> {
    for (const [index, report] of (await connectionReports(room)).entries()) {
      for (const [id, count] of countsIn(report)) {
        this.add(`${index}/${id}`, count);
      }
    }
    return this.total;
  }

  /** A new connection starts counting at zero. */
  restart(): void {
    this.last.clear();
  }

  private add(id: string, count: Count): void {
    const before = this.last.get(id) ?? { sent: 0, received: 0 };
    this.last.set(id, count);
    this.total = {
      sent: this.total.sent + Math.max(0, count.sent - before.sent),
      received: this.total.received + Math.max(0, count.received - before.received),
    };
  }
}

export async function connectionReports(room: Room): Promise<RTCStatsReport[]> {
  const manager = room.engine?.pcManager;
  if (manager === undefined) {
    return [];
  }
  const transports = [manager.publisher, manager.subscriber].filter((one) => one !== undefined);
  const reports = await Promise.all(transports.map((transport) => transport.getStats()));
  return reports.filter((report): report is RTCStatsReport => report !== undefined);
}

/** Counts by transport where the browser has them, else by candidate pair. */
export function countsIn(report: RTCStatsReport): Map<string, Count> {
  const byTransport = new Map<string, Count>();
  const byPair = new Map<string, Count>();
  report.forEach((entry) => {
    if (entry.bytesSent === undefined || entry.bytesReceived === undefined) {
      return;
    }
    const count = {
      sent: entry.bytesSent + PACKET_HEADERS * (entry.packetsSent ?? 0),
      received: entry.bytesReceived + PACKET_HEADERS * (entry.packetsReceived ?? 0),
    };
    if (entry.type === 'transport') {
      byTransport.set(entry.id, count);
    } else if (entry.type === 'candidate-pair') {
      byPair.set(entry.id, count);
    }
  });
  return byTransport.size > 0 ? byTransport : byPair;
}
