/** The meeting as the server describes it to everyone, inside or still at the door. */
export interface Meeting {
  slug: string;
  title: string;
  organiser: string;
  starts_at: string | null;
  ends_at: string | null;
  time_zone: string;
  state: 'scheduled' | 'open' | 'ended';
  locked: boolean;
  organisation_field: 'optional' | 'required' | 'hidden';
}

export type Role = 'host' | 'participant' | 'viewer';

export function isRole(value: string | undefined): value is Role {
  return value === 'host' || value === 'participant' || value === 'viewer';
}
