-- Words whose author allowed them to be shown, in the order of reading.

create index submissions_shown on submissions (agency_id, severity, id) where quote = 1 and words = 1;
