-- What the platform says of the age of an account's holder; null where it says nothing. It goes with the profile.
alter table subjects.account add column age_band text check (age_band in ('under-13', '13-17', 'adult'));
