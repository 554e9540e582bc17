import '../app.css';
import { mount } from 'svelte';
import { speak } from '../texts';
import DevicesPage from './devices/DevicesPage.svelte';
import { readPageData } from './page_data';

const data = readPageData();
speak(data.language);

const target = document.getElementById('app');
if (target === null) {
  throw new Error('the page has no #app');
}
mount(DevicesPage, { target, props: { data } });
