export { fetchDue, startFetching } from './fetch-due.ts';
