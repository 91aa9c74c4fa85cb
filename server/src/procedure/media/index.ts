export { fetchDue, startFetching } from './fetch-due.ts';
export { setMediaHosts } from './hosts.ts';
