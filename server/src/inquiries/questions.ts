export { findInquiry as inquiry, findInquiryBy as inquiryBy, hasOpenInquiry } from './inquiry.sql.ts';
export { type Inquiry, inquiryTransitions } from './inquiry.ts';
