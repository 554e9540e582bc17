import { isMeeting } from '../api/meeting_news';
import { isRecord } from '../api/problems';
import type { Meeting } from '../call/meeting';
import { isLanguage, type Language } from '../texts';

export interface PageData {
  language: Language;
  slug: string;
  meeting: Meeting | null;
  accountName: string;
  accountOrganisation: string;
  textSize: string;
}

/** What the server wrote into the page. */
export function readPageData(): PageData {
  const text = document.getElementById('page-data')?.textContent ?? '{}';
  const data: unknown = JSON.parse(text);
  const record = isRecord(data) ? data : {};
  const word = (key: string) => (typeof record[key] === 'string' ? record[key] : '');
  return {
    language: isLanguage(record.language) ? record.language : 'id',
    slug: word('slug'),
    meeting: isMeeting(record.meeting) ? record.meeting : null,
    accountName: word('account_name'),
    accountOrganisation: word('account_organisation'),
    textSize: word('text_size') || '100',
  };
}
