-- Which record says that an instruction of the regulator was carried out, and when its receipt reached the regulator by e-mail.
alter table instructions.instruction
  add column answer_record uuid,
  add column receipt_sent_at timestamptz(3);
update instructions.instruction i set answer_record = r.id from records.record r
  where i.state = 'answered' and r.kind = 'instruction.answered' and (r.line::jsonb #>> '{payload,instruction}')::uuid = i.id;
