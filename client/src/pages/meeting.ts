import '../app.css';
import { mount } from 'svelte';
import { speak } from '../texts';
import MeetingPage from './meeting/MeetingPage.svelte';
import { readPageData } from './page_data';

const data = readPageData();
speak(data.language);

const target = document.getElementById('app');
if (target === null) {
  throw new Error('the page has no #app');
}
mount(MeetingPage, { target, props: { data } });
