-- What faults bite on, beside the sample account: named rows of the rarer kinds, as
-- of 2026-10-15 in New York, with balance transactions that agree. Runs on DuckDB and
-- PostgreSQL.
alter table stripe.charges add column amount_captured bigint;
alter table stripe.charges add column dispute_id varchar;
alter table stripe.refunds add column status varchar;
alter table stripe.invoices add column closed boolean;
alter table stripe.invoices add column forgiven boolean;
alter table stripe.invoices add column amount_paid bigint;
alter table stripe.invoices add column amount_remaining bigint;
alter table stripe.balance_transactions add column reporting_category varchar;

insert into stripe.customers
    (id, received_at, created, currency, email, delinquent, balance, is_deleted)
values
    ('cus_plain', '2026-06-03 10:00:00+00', '2026-06-03 09:00:00+00', 'usd',
     'plain@example.com', false, 0, null),
    ('cus_by_charge', '2026-06-04 10:00:00+00', '2026-06-04 09:00:00+00', null,
     'by_charge@example.com', false, null, null),
    ('cus_by_invoice', '2026-06-05 10:00:00+00', '2026-06-05 09:00:00+00', null,
     null, true, -2500, null),
    ('cus_evening', '2026-06-30 03:00:00+00', '2026-07-01 02:30:00+00', 'usd',
     'evening@example.com', false, 4000, true);

insert into stripe.charges
    (id, received_at, created, customer_id, amount, amount_captured, currency, status,
     captured, paid, failure_code, payment_intent_id, invoice_id, livemode,
     balance_transaction_id)
values
    ('ch_plain', '2026-08-03 15:00:00+00', '2026-08-03 14:00:00+00', 'cus_plain',
     10000, null, 'usd', 'succeeded', true, true, null, null, null, true, 'txn_plain'),
    ('ch_partial', '2026-08-04 15:00:00+00', '2026-08-04 14:00:00+00', 'cus_plain',
     10000, 7000, 'usd', 'succeeded', true, true, null, null, null, true,
     'txn_partial'),
    ('ch_expired', '2026-08-05 15:00:00+00', '2026-08-05 14:00:00+00', 'cus_plain',
     10000, null, 'usd', 'succeeded', false, true, null, null, null, true, null),
    ('ch_evening', '2026-09-01 03:00:00+00', '2026-09-01 02:30:00+00', 'cus_plain',
     10000, null, 'usd', 'succeeded', true, true, null, null, null, true,
     'txn_evening'),
    ('ch_dinar', '2026-09-02 15:00:00+00', '2026-09-02 14:00:00+00', 'cus_by_charge',
     10000, null, 'kwd', 'succeeded', true, true, null, null, null, true, 'txn_dinar'),
    ('ch_second', '2026-09-12 15:00:00+00', '2026-09-12 14:00:00+00', 'cus_by_charge',
     1000, null, 'usd', 'succeeded', true, true, null, null, null, true,
     'txn_second'),
    ('ch_try_1', '2026-08-10 15:00:00+00', '2026-08-10 14:00:00+00', 'cus_plain',
     5000, null, 'usd', 'failed', false, false, 'card_declined', 'pi_try', null, true,
     null),
    ('ch_try_2', '2026-08-12 15:00:00+00', '2026-08-12 14:00:00+00', 'cus_plain',
     5000, null, 'usd', 'failed', false, false, 'expired_card', 'pi_try', null, true,
     null),
    ('ch_try_3', '2026-08-14 15:00:00+00', '2026-08-14 14:00:00+00', 'cus_plain',
     5000, null, 'usd', 'succeeded', true, true, null, 'pi_try', null, true,
     'txn_try_3'),
    ('ch_pending', '2026-10-14 15:00:00+00', '2026-10-14 14:00:00+00', 'cus_plain',
     3000, null, 'usd', 'pending', true, false, null, null, null, true, null),
    ('ch_test', '2026-08-03 15:00:00+00', '2026-08-03 14:00:00+00', 'cus_plain',
     10000, null, 'usd', 'succeeded', true, true, null, null, null, false,
     'txn_test'),
    ('ch_nobody', '2026-08-06 15:00:00+00', '2026-08-06 14:00:00+00', null,
     2000, null, 'usd', 'succeeded', true, true, null, null, null, true, 'txn_nobody'),
    ('ch_disputed', '2026-08-07 15:00:00+00', '2026-08-07 14:00:00+00', 'cus_plain',
     10000, null, 'usd', 'succeeded', true, true, null, null, null, true,
     'txn_disputed'),
    ('ch_invoice', '2026-08-20 15:00:00+00', '2026-08-20 14:00:00+00', 'cus_by_invoice',
     6000, null, 'usd', 'succeeded', true, true, null, null, 'in_paid', true,
     'txn_invoice'),
    ('ch_invoice_try', '2026-08-18 15:00:00+00', '2026-08-18 14:00:00+00',
     'cus_by_invoice', 6000, null, 'usd', 'failed', true, false, 'insufficient_funds',
     null, 'in_paid', true, null);

insert into stripe.payment_intents
    (id, received_at, created, amount, amount_received, currency, status)
values
    ('pi_try', '2026-08-14 15:00:00+00', '2026-08-10 13:00:00+00', 5000, 5000, 'usd',
     'succeeded');

insert into stripe.refunds
    (id, received_at, created, charge_id, amount, currency, status,
     balance_transaction_id)
values
    ('re_plain', '2026-09-03 15:00:00+00', '2026-09-03 14:00:00+00', 'ch_plain', 2500,
     'usd', 'succeeded', 'txn_re_plain'),
    ('re_evening', '2026-10-01 03:00:00+00', '2026-10-01 02:30:00+00', 'ch_evening',
     1000, 'usd', 'succeeded', 'txn_re_evening'),
    ('re_failed', '2026-09-05 15:00:00+00', '2026-09-05 14:00:00+00', 'ch_plain', 1500,
     'usd', 'failed', null),
    ('re_canceled', '2026-09-06 15:00:00+00', '2026-09-06 14:00:00+00', 'ch_plain',
     1500, 'usd', 'canceled', null),
    ('re_release', '2026-08-04 16:00:00+00', '2026-08-04 15:00:00+00', 'ch_partial',
     3000, 'usd', 'succeeded', 'txn_re_release'),
    ('re_after_release', '2026-08-24 16:00:00+00', '2026-08-24 15:00:00+00',
     'ch_partial', 3000, 'usd', 'succeeded', 'txn_re_after_release'),
    ('re_alike', '2026-08-13 16:00:00+00', '2026-08-13 15:00:00+00', 'ch_nobody', 500,
     'usd', 'succeeded', null),
    ('re_test', '2026-08-12 16:00:00+00', '2026-08-12 15:00:00+00', 'ch_test', 10000,
     'usd', 'succeeded', null),
    ('re_expired', '2026-08-12 16:00:00+00', '2026-08-12 15:00:00+00', 'ch_expired',
     10000, 'usd', 'succeeded', null);

insert into stripe.disputes
    (id, received_at, created, charge_id, amount, currency, reason, status,
     is_charge_refundable)
values
    ('dp_won', '2026-09-08 15:00:00+00', '2026-09-08 14:00:00+00', 'ch_disputed', 4000,
     'usd', 'fraudulent', 'won', false),
    ('dp_lost', '2026-09-18 15:00:00+00', '2026-09-18 14:00:00+00', 'ch_disputed', 6000,
     'usd', 'fraudulent', 'lost', false),
    ('dp_warning', '2026-09-09 15:00:00+00', '2026-09-09 14:00:00+00', 'ch_plain',
     10000, 'usd', 'general', 'warning_closed', true);

insert into stripe.invoices
    (id, received_at, created, due_date, customer_id, currency, subtotal, tax, total,
     amount_due, attempt_count, attempted, paid, closed, forgiven, status, charge_id)
values
    ('in_paid', '2026-08-20 15:00:00+00', '2026-08-18 13:00:00+00', null,
     'cus_by_invoice', 'usd', 6000, 0, 6000, 6000, 2, true, true, null, null, 'paid',
     'ch_invoice'),
    ('in_outside', '2026-08-20 15:00:00+00', '2026-08-18 13:00:00+00', null,
     'cus_by_invoice', 'usd', 5000, null, 5000, 5000, 0, false, true, null, null,
     'paid', null),
    ('in_zero', '2026-08-21 15:00:00+00', '2026-08-21 13:00:00+00', null,
     'cus_by_invoice', 'usd', 5000, 0, 0, 0, 0, true, true, null, null, 'paid', null),
    ('in_draft', '2026-08-22 15:00:00+00', '2026-08-22 13:00:00+00', null,
     'cus_by_invoice', 'usd', 4100, 0, 4100, 4100, 0, false, false, null, null,
     'draft', null),
    ('in_void', '2026-08-22 15:00:00+00', '2026-08-22 13:00:00+00', null,
     'cus_by_invoice', 'usd', 4200, 0, 4200, 4200, 1, true, false, null, null,
     'void', null),
    ('in_bad_debt', '2026-07-22 15:00:00+00', '2026-07-22 13:00:00+00', null,
     'cus_by_invoice', 'usd', 4300, 0, 4300, 4300, 4, true, false, null, null,
     'uncollectible', null),
    ('in_old_forgiven', '2026-07-23 15:00:00+00', '2026-07-23 13:00:00+00', null,
     'cus_by_invoice', 'usd', 4400, 0, 4400, 4400, 4, true, false, true, true,
     null, null),
    ('in_old_open', '2026-07-24 15:00:00+00', '2026-07-24 13:00:00+00', null,
     'cus_by_invoice', 'usd', 4500, 0, 4500, 4500, 3, true, false, false, null,
     null, null),
    ('in_current', '2026-10-01 15:00:00+00', '2026-10-01 13:00:00+00',
     '2026-10-15 16:00:00+00', 'cus_plain', 'usd', 1100, 0, 1100, 1100, 0, true,
     false, null, null, 'open', null),
    ('in_30', '2026-08-01 15:00:00+00', '2026-08-01 13:00:00+00',
     '2026-09-15 16:00:00+00', 'cus_plain', 'usd', 1200, 0, 1200, 1200, 1, true,
     false, null, null, 'open', null),
    ('in_31', '2026-08-01 15:00:00+00', '2026-08-01 13:00:00+00',
     '2026-09-14 16:00:00+00', 'cus_plain', 'usd', 1300, 0, 1300, 1300, 1, true,
     false, null, null, 'open', null),
    ('in_61', '2026-07-01 15:00:00+00', '2026-07-01 13:00:00+00',
     '2026-08-15 16:00:00+00', 'cus_plain', 'usd', 1400, 0, 1400, 1400, 1, true,
     false, null, null, 'open', null),
    ('in_91', '2026-07-01 15:00:00+00', '2026-07-01 13:00:00+00',
     '2026-07-16 16:00:00+00', 'cus_plain', 'usd', 1500, 100, 1400, 1400, 1, true,
     false, null, null, 'open', null);

insert into stripe.balance_transactions
    (id, received_at, created, available, source, type, amount, fee, net, currency,
     description, status)
values
    ('txn_plain', '2026-08-03 15:00:00+00', '2026-08-03 14:00:00+00',
     '2026-08-05 14:00:00+00', 'ch_plain', 'charge', 10000, 320, 9680, 'usd', 'Charge',
     'available'),
    ('txn_partial', '2026-08-04 15:00:00+00', '2026-08-04 14:00:00+00',
     '2026-08-06 14:00:00+00', 'ch_partial', 'charge', 10000, 320, 9680, 'usd',
     'Charge', 'available'),
    ('txn_re_release', '2026-08-04 16:00:00+00', '2026-08-04 15:00:00+00',
     '2026-08-06 14:00:00+00', 're_release', 'refund', -3000, -87, -2913, 'usd',
     'Partial capture reversal', 'available'),
    ('txn_re_after_release', '2026-08-24 16:00:00+00', '2026-08-24 15:00:00+00',
     '2026-08-24 15:00:00+00', 're_after_release', 'refund', -3000, 0, -3000, 'usd',
     'Refund', 'available'),
    ('txn_evening', '2026-09-01 03:00:00+00', '2026-09-01 02:30:00+00',
     '2026-09-03 02:30:00+00', 'ch_evening', 'charge', 10000, 320, 9680, 'usd',
     'Charge', 'available'),
    ('txn_dinar', '2026-09-02 15:00:00+00', '2026-09-02 14:00:00+00',
     '2026-09-04 14:00:00+00', 'ch_dinar', 'charge', 3300, 126, 3174, 'usd', 'Charge',
     'available'),
    ('txn_second', '2026-09-12 15:00:00+00', '2026-09-12 14:00:00+00',
     '2026-09-14 14:00:00+00', 'ch_second', 'charge', 1000, 59, 941, 'usd', 'Charge',
     'available'),
    ('txn_try_3', '2026-08-14 15:00:00+00', '2026-08-14 14:00:00+00',
     '2026-08-17 14:00:00+00', 'ch_try_3', 'charge', 5000, 175, 4825, 'usd', 'Charge',
     'available'),
    ('txn_test', '2026-08-03 15:00:00+00', '2026-08-03 14:00:00+00',
     '2026-08-05 14:00:00+00', 'ch_test', 'charge', 10000, 320, 9680, 'usd', 'Charge',
     'available'),
    ('txn_nobody', '2026-08-06 15:00:00+00', '2026-08-06 14:00:00+00',
     '2026-08-08 14:00:00+00', 'ch_nobody', 'charge', 2000, 88, null, 'usd', 'Charge',
     'available'),
    ('txn_disputed', '2026-08-07 15:00:00+00', '2026-08-07 14:00:00+00',
     '2026-08-09 14:00:00+00', 'ch_disputed', 'charge', 10000, 320, 9680, 'usd',
     'Charge', 'available'),
    ('txn_invoice', '2026-08-20 15:00:00+00', '2026-08-20 14:00:00+00',
     '2026-08-22 14:00:00+00', 'ch_invoice', 'charge', 6000, 204, 5796, 'usd',
     'Charge', 'available'),
    ('txn_re_plain', '2026-09-03 15:00:00+00', '2026-09-03 14:00:00+00',
     '2026-09-03 14:00:00+00', 're_plain', 'refund', -2500, 0, -2500, 'usd', 'Refund',
     'available'),
    ('txn_re_alike', '2026-08-13 16:00:00+00', '2026-08-13 15:00:00+00',
     '2026-08-13 15:00:00+00', 'ch_nobody', 'refund', -500, 0, -500, 'usd', 'Refund',
     'available'),
    ('txn_re_evening', '2026-10-01 03:00:00+00', '2026-10-01 02:30:00+00',
     '2026-10-01 02:30:00+00', 're_evening', 'refund', -1000, 0, -1000, 'usd',
     'Refund', 'available'),
    ('txn_dp_won', '2026-09-08 15:00:00+00', '2026-09-08 14:00:00+00',
     '2026-09-08 14:00:00+00', 'dp_won', 'adjustment', -4000, 1500, -5500, 'usd',
     'Chargeback withdrawal for ch_disputed', 'available'),
    ('txn_dp_won_back', '2026-10-08 15:00:00+00', '2026-10-08 14:00:00+00',
     '2026-10-08 14:00:00+00', 'dp_won', 'adjustment', 4000, -1500, 5500, 'usd',
     'Chargeback reversal for ch_disputed', 'available'),
    ('txn_dp_lost', '2026-09-18 15:00:00+00', '2026-09-18 14:00:00+00',
     '2026-09-18 14:00:00+00', 'dp_lost', 'adjustment', -6000, 1500, -7500, 'usd',
     'Chargeback withdrawal for ch_disputed', 'available');

insert into stripe.balance_transaction_fee_details
    (id, received_at, balance_transaction_id, amount, currency, type)
select
    id || '_fee', received_at, id, fee, currency, 'stripe_fee'
from stripe.balance_transactions
where fee <> 0 and id in (
    'txn_plain', 'txn_partial', 'txn_re_release', 'txn_evening', 'txn_dinar',
    'txn_second',
    'txn_try_3', 'txn_test', 'txn_nobody', 'txn_disputed', 'txn_invoice',
    'txn_dp_won', 'txn_dp_won_back', 'txn_dp_lost'
);

-- Partly paid invoices: one says what was paid, one what remains.
insert into stripe.invoices
    (id, received_at, created, customer_id, currency, subtotal, tax, total, amount_due,
     amount_paid, amount_remaining, attempt_count, attempted, paid, status)
values
    ('in_paid_part', '2026-08-25 15:00:00+00', '2026-08-25 13:00:00+00', 'cus_plain',
     'usd', 1600, 100, 1700, 1700, 600, null, 1, true, false, 'open'),
    ('in_remaining_part', '2026-08-26 15:00:00+00', '2026-08-26 13:00:00+00',
     'cus_plain', 'usd', 1600, 200, 1800, 1800, null, 500, 1, true, false, 'open');

-- Older API versions give the lines of several invoices one id.
insert into stripe.invoice_lines
    (id, invoice_id, amount, currency, type, received_at)
values
    ('sub_old', 'in_old_forgiven', 4000, 'usd', 'invoiceitem', '2026-07-23 15:00:00+00'),
    ('ii_1', 'in_old_forgiven', 400, 'usd', 'invoiceitem', '2026-07-23 15:00:00+00'),
    ('sub_old', 'in_old_open', 4000, 'usd', 'invoiceitem', '2026-07-24 15:00:00+00'),
    ('ii_2', 'in_old_open', 500, 'usd', 'invoiceitem', '2026-07-24 15:00:00+00');

-- Older API versions name the dispute in the charge, too.
update stripe.charges set dispute_id = 'dp_lost' where id = 'ch_disputed';
update stripe.charges set dispute_id = 'dp_warning' where id = 'ch_plain';

-- People: one found by each kind of evidence, one whose pieces of evidence differ, two
-- who share a device and an e-mail; visits before and after the first payment.
update stripe.customers set metadata_user_id = 'u_metadata', email = 'Mail@Example.com '
where id = 'cus_plain';
update stripe.customers set email = ' Only@Example.com' where id = 'cus_by_charge';
update stripe.customers set email = 'shared@example.com' where id = 'cus_evening';

insert into website.users
    (id, received_at, created_at, email, stripe_customer_id)
values
    ('u_metadata', '2026-08-02 13:00:00+00', '2026-08-02 12:00:00+00', null, null),
    ('u_trait', '2026-08-17 13:00:00+00', '2026-08-17 12:00:00+00', 'Other@Example.com',
     'cus_by_invoice'),
    ('u_mail', '2026-07-02 13:00:00+00', '2026-07-02 12:00:00+00', 'ONLY@example.com',
     null),
    ('u_rival', '2026-07-03 13:00:00+00', '2026-07-03 12:00:00+00', 'mail@example.com',
     'cus_plain'),
    ('u_one', '2026-07-04 13:00:00+00', '2026-07-04 12:00:00+00', 'Shared@Example.com',
     null),
    ('u_two', '2026-07-05 13:00:00+00', '2026-07-05 12:00:00+00', 'shared@example.com',
     null);

insert into website.pages
    (id, received_at, "timestamp", anonymous_id, user_id, context_campaign_source,
     context_campaign_medium, context_campaign_name, referrer, url)
values
    ('p_first', '2026-08-01 02:31:00+00', '2026-08-01 02:30:00+00', 'd_plain', null,
     'Google', 'cpc', 'brand', 'https://www.google.com/', 'https://shop.example/'),
    ('p_second', '2026-08-01 02:56:00+00', '2026-08-01 02:55:00+00', 'd_plain', null,
     'Google', 'cpc', 'brand', 'https://shop.example/', 'https://shop.example/pricing'),
    ('p_mail', '2026-08-01 03:06:00+00', '2026-08-01 03:05:00+00', 'd_plain', null,
     'newsletter', 'email', 'august', null, 'https://shop.example/'),
    ('p_last', '2026-08-03 12:01:00+00', '2026-08-03 12:00:00+00', 'd_plain',
     'u_metadata', null, null, null, 'https://blog.example.net/a',
     'https://shop.example/'),
    ('p_paid', '2026-08-09 12:01:00+00', '2026-08-09 12:00:00+00', 'd_plain',
     'u_metadata', 'facebook', 'paid_social', 'thanks', null, 'https://shop.example/'),
    ('p_trait', '2026-08-16 12:01:00+00', '2026-08-16 12:00:00+00', 'd_trait',
     'u_trait', null, null, null, 'https://www.google.de/', 'https://shop.example/'),
    ('p_one', '2026-07-06 12:01:00+00', '2026-07-06 12:00:00+00', 'd_shared', 'u_one',
     null, null, null, null, 'https://shop.example/'),
    ('p_nobody', '2026-07-07 12:01:00+00', '2026-07-07 12:00:00+00', 'd_shared', null,
     'bing', 'cpc', 'other', null, 'https://shop.example/'),
    ('p_two', '2026-07-08 12:01:00+00', '2026-07-08 12:00:00+00', 'd_shared', 'u_two',
     null, null, null, null, 'https://shop.example/'),
    ('p_visitor', '2026-09-08 12:01:00+00', '2026-09-08 12:00:00+00', 'd_visitor', null,
     null, null, null, 'https://t.co/x', 'https://shop.example/');

insert into website.identifies
    (id, received_at, "timestamp", anonymous_id, user_id, email, stripe_customer_id)
values
    ('i_mail', '2026-07-02 13:01:00+00', '2026-07-02 13:00:00+00', 'd_mail', 'u_mail',
     'ONLY@example.com', null);

-- Rates of every third day; the days between take the latest.
create schema finance;
create table finance.rates as
select
    cast('2026-01-01' as date) + cast(3 * days.number as integer) as date,
    codes.currency,
    codes.rate + cast(mod(days.number, 7) as numeric(18, 6)) / 1000 as rate
from generate_series(0, 110) as days (number)
cross join (
    values ('usd', 0.9), ('gbp', 1.15), ('jpy', 0.006), ('kwd', 2.9), ('cad', 0.62)
) as codes (currency, rate);
