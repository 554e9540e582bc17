/** One notice of the meeting, kept for those who missed its six seconds. */
export interface LogEntry {
  id: number;
  time: string;
  text: string;
}
