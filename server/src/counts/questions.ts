export { newestCounts } from './count.sql.ts';
export { licensedFrom, nearness, type UserCount } from './count.ts';
