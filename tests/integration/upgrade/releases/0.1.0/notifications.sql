SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.command (
    principal text NOT NULL,
    key text NOT NULL,
    digest bytea NOT NULL,
    status integer,
    answer jsonb,
    recorded_at timestamp with time zone NOT NULL
);
CREATE TABLE public.inbox (
    consumer text NOT NULL,
    id uuid NOT NULL,
    batch bigint NOT NULL,
    place integer NOT NULL
);
CREATE SEQUENCE public.inbox_batch
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.ledger (
    "position" bigint NOT NULL,
    id uuid NOT NULL,
    topic text NOT NULL,
    type text NOT NULL,
    subject uuid NOT NULL,
    sequence bigint NOT NULL,
    caseid uuid,
    "time" timestamp with time zone NOT NULL,
    correlationid uuid NOT NULL,
    causationid uuid,
    traceparent text,
    data text NOT NULL
);
ALTER TABLE public.ledger ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ledger_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.message (
    message uuid NOT NULL,
    person uuid NOT NULL,
    caseid uuid,
    about uuid NOT NULL,
    template text NOT NULL,
    fields jsonb NOT NULL,
    contact uuid,
    channel text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    reason text,
    happened_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    correlationid uuid NOT NULL,
    traceparent text,
    CONSTRAINT message_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'delivered'::text, 'failed'::text, 'withheld'::text])))
)
WITH (fillfactor='70');
CREATE TABLE public.parked (
    number bigint NOT NULL,
    consumer text NOT NULL,
    id uuid,
    owner text NOT NULL,
    subject uuid,
    sequence bigint,
    type text,
    reason text NOT NULL,
    detail text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    digest bytea NOT NULL,
    key bytea,
    headers jsonb NOT NULL,
    value bytea,
    state text DEFAULT 'waiting'::text NOT NULL,
    parked_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    settled_by text,
    settled_why text,
    CONSTRAINT parked_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'replayed'::text, 'dropped'::text])))
);
ALTER TABLE public.parked ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.parked_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.recipient (
    person uuid NOT NULL,
    contact uuid,
    channel text,
    language text DEFAULT 'km'::text NOT NULL,
    consented boolean,
    consent_expires date,
    silent boolean DEFAULT false NOT NULL,
    centres jsonb DEFAULT '[]'::jsonb NOT NULL,
    waiting jsonb DEFAULT '[]'::jsonb NOT NULL
)
WITH (fillfactor='70');
CREATE TABLE public.subject (
    subject uuid NOT NULL,
    sequence bigint DEFAULT 0 NOT NULL,
    parked boolean DEFAULT false NOT NULL
)
WITH (fillfactor='70');
CREATE TABLE public.timer (
    number bigint NOT NULL,
    name text NOT NULL,
    subject uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    caseid uuid,
    correlationid uuid NOT NULL,
    causationid uuid,
    traceparent text,
    attempts integer DEFAULT 0 NOT NULL,
    data jsonb NOT NULL
);
ALTER TABLE public.timer ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.timer_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.unsent (
    "position" bigint NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_cost_delay='0');
INSERT INTO public.alembic_version VALUES
	('0001');
INSERT INTO public.inbox VALUES
	('notifications', '01a2109f-deaa-7186-8307-64b3aeb587b9', 1, 0),
	('notifications', '01a2109f-deaa-7186-8307-64b452d9e1ef', 1, 1),
	('notifications', '01a2109f-deaa-7186-8307-64b5c4867983', 1, 2),
	('notifications', '01a2109f-deaa-7186-8307-64b644136802', 1, 3),
	('notifications', '01a2109f-deaa-7186-8307-64b75509fee5', 1, 4),
	('notifications', '01a2109f-deaa-7186-8307-64b8cab930b6', 1, 5),
	('notifications', '01a2109f-deaa-7186-8307-64bbc10568dc', 1, 6),
	('notifications', '01a2109f-deaa-7186-8307-64bc615d31c4', 1, 7),
	('notifications', '01a2109f-deaa-7186-8307-64bf93f466cd', 1, 8),
	('notifications', '01a2109f-deaa-7186-8307-64c0fa852265', 1, 9),
	('notifications', '01a2109f-deaa-7186-8307-64c18e0fb9f9', 1, 10),
	('notifications', '01a2109f-deaa-7186-8307-64c2f4cdb0e9', 1, 11),
	('notifications', '01a2109f-deaa-7186-8307-64c32b29d37d', 1, 12),
	('notifications', '01a2109f-deaa-7186-8307-64c45f1b05aa', 1, 13),
	('notifications', '01a2109f-deaa-7186-8307-64c76f402b42', 1, 14),
	('notifications', '01a2109f-deaa-7186-8307-64c8c1c6306b', 1, 15),
	('notifications', '01a2109f-deab-7423-a1b6-21205fde52bd', 1, 32),
	('notifications', '01a2109f-deab-7423-a1b6-2121c2faa235', 1, 33),
	('notifications', '01a2109f-deab-7423-a1b6-21222ac8a4f8', 1, 34),
	('notifications', '01a2109f-deab-7423-a1b6-2123d3765ae4', 1, 35),
	('notifications', '01a2109f-deab-7423-a1b6-212448ae7dc8', 1, 36),
	('notifications', '01a2109f-deab-7423-a1b6-21251e1d905c', 1, 37),
	('notifications', '01a2109f-deab-7423-a1b6-2128ba5eeca9', 1, 38),
	('notifications', '01a2109f-deab-7423-a1b6-21295825e1da', 1, 39),
	('notifications', '01a2109f-deab-7423-a1b6-212c477d30a2', 1, 40),
	('notifications', '01a2109f-deab-7423-a1b6-212df8c3be70', 1, 41),
	('notifications', '01a2109f-deab-7423-a1b6-212e9767cad0', 1, 42),
	('notifications', '01a2109f-deab-7423-a1b6-212f0a26e5f4', 1, 43),
	('notifications', '01a2109f-deab-7423-a1b6-21300b1dae61', 1, 44),
	('notifications', '01a2109f-deab-7423-a1b6-2131a33b3820', 1, 45),
	('notifications', '01a2109f-deab-7423-a1b6-213458400f47', 1, 46),
	('notifications', '01a2109f-deab-7423-a1b6-21350461289b', 1, 47),
	('notifications', '01a2109f-deab-7423-a1b6-2138a860c27a', 1, 16),
	('notifications', '01a2109f-deab-7423-a1b6-213970c398b8', 1, 17),
	('notifications', '01a2109f-deab-7423-a1b6-213a57b13f0d', 1, 18),
	('notifications', '01a2109f-deab-7423-a1b6-213b865bf657', 1, 19),
	('notifications', '01a2109f-deab-7423-a1b6-213c19297196', 1, 20),
	('notifications', '01a2109f-deab-7423-a1b6-213d7ee54446', 1, 21),
	('notifications', '01a2109f-deab-7423-a1b6-214005b8dee6', 1, 22),
	('notifications', '01a2109f-deab-7423-a1b6-21411bcd0de9', 1, 23),
	('notifications', '01a2109f-deab-7423-a1b6-21447cca531f', 1, 24),
	('notifications', '01a2109f-deab-7423-a1b6-2145ab8df511', 1, 25),
	('notifications', '01a2109f-deab-7423-a1b6-2146e63e868a', 1, 26),
	('notifications', '01a2109f-deab-7423-a1b6-214781aa9831', 1, 27),
	('notifications', '01a2109f-deab-7423-a1b6-2148ff3cd864', 1, 28),
	('notifications', '01a2109f-deab-7423-a1b6-2149028280db', 1, 29),
	('notifications', '01a2109f-deab-7423-a1b6-214c5ebb4fd5', 1, 30),
	('notifications', '01a2109f-deab-7423-a1b6-214d00ab88fc', 1, 31),
	('notifications', '01a2109f-deac-72ea-a6dd-fb9d226f653c', 1, 48),
	('notifications', '01a2109f-deac-72ea-a6dd-fb9e071734ec', 1, 49),
	('notifications', '01a2109f-deac-72ea-a6dd-fb9f132d7109', 1, 50),
	('notifications', '01a2109f-deac-72ea-a6dd-fba0e78ca84b', 1, 51),
	('notifications', '01a2109f-deac-72ea-a6dd-fba156d1c8c1', 1, 52),
	('notifications', '01a2109f-deac-72ea-a6dd-fba27ca8e2f4', 1, 53),
	('notifications', '01a2109f-deac-72ea-a6dd-fba567347f55', 1, 54),
	('notifications', '01a2109f-deac-72ea-a6dd-fba621121d7a', 1, 55),
	('notifications', '01a2109f-dfb2-74d3-89f7-6ea0d58af47b', 2, 3),
	('notifications', '01a2109f-dfb2-74d3-89f7-6ea188929d5e', 2, 4),
	('notifications', '01a2109f-dfb2-74d3-89f7-6ea2ac9cff19', 2, 0),
	('notifications', '01a2109f-dfb2-74d3-89f7-6ea39f242dc5', 2, 1),
	('notifications', '01a2109f-dfb3-71d0-84c7-46b06f4e65db', 2, 2),
	('notifications', '01a2109f-df3f-70af-8909-c76832211bb8', 3, 0),
	('notifications', '01a2109f-df3f-70af-8909-c76946f02f5b', 3, 1),
	('notifications', '01a2109f-df3f-70af-8909-c76a7839ed6b', 3, 2),
	('notifications', '01a2109f-df3f-70af-8909-c76b0843d6df', 3, 3),
	('notifications', '01a2109f-df3f-70af-8909-c76cd8fefe07', 3, 4),
	('notifications', '01a2109f-df3f-70af-8909-c76d51cf9a3e', 3, 5),
	('notifications', '01a2109f-df3f-70af-8909-c77052362660', 3, 6),
	('notifications', '01a2109f-df3f-70af-8909-c7714cf0f1db', 3, 7),
	('notifications', '01a2109f-e031-7706-bd62-13f8c0ef83cc', 4, 0),
	('notifications', '01a2109f-e059-7555-9168-2cb10bfc6542', 5, 0),
	('notifications', '01a2109f-e059-7555-9168-2cb2ebf1987a', 5, 1),
	('notifications', '01a2109f-e059-7555-9168-2cb35df7d594', 5, 2),
	('notifications', '01a2109f-e059-7555-9168-2cb44c468693', 6, 0),
	('notifications', '01a2109f-e059-7555-9168-2cb532f6a030', 6, 1),
	('notifications', '01a2109f-e0d5-7251-b779-cc1ca6a698e8', 7, 0),
	('notifications', '01a2109f-e1c0-71b7-9ba5-c8f7e5bb666e', 8, 0),
	('notifications', '01a2109f-e1f9-74e9-a2a0-61727fc07034', 9, 0),
	('notifications', '01a2109f-e21b-72df-a95a-16bcf9c6b47f', 10, 0),
	('notifications', '01a2109f-e21b-72df-a95a-16bd73eaac93', 10, 1),
	('notifications', '01a2109f-e21b-72df-a95a-16be45f3a357', 10, 2),
	('notifications', '01a2109f-e241-708f-a483-86476ded580e', 11, 0),
	('notifications', '01a2109f-e241-708f-a483-8648ce886d33', 11, 1),
	('notifications', '01a2109f-e292-709a-b457-08900476ec8a', 12, 0),
	('notifications', '01a2109f-e2c6-7659-befc-477a212f5c65', 13, 0),
	('notifications', '01a2109f-e309-75bd-87fb-92a178b0af0a', 14, 0),
	('notifications', '01a2109f-e309-75bd-87fb-92a28fe2623a', 14, 1),
	('notifications', '01a2109f-e315-749a-9b1d-288b43c772a1', 15, 0),
	('notifications', '01a2109f-e315-749a-9b1d-288c81a08486', 15, 1),
	('notifications', '01a2109f-e345-71c0-97b4-041111bf1cc8', 16, 0),
	('notifications', '01a2109f-e345-71c0-97b4-0412bdc5fe54', 16, 1),
	('notifications', '01a2109f-e33a-7103-a5a0-73085ee27dfa', 17, 0),
	('notifications', '01a2109f-e364-710c-b3b6-46de78d7ecd5', 17, 1),
	('notifications', '01a2109f-e364-710c-b3b6-46df2a91c96c', 17, 2),
	('notifications', '01a2109f-e357-77a4-93ca-ad76b9a2f417', 18, 0),
	('notifications', '01a2109f-e39b-7389-ba6e-90aeefc55668', 18, 1),
	('notifications', '01a2109f-e39b-7389-ba6e-90af3ff64038', 18, 2),
	('notifications', '01a2109f-e39b-7389-ba6e-90b0adf453bb', 18, 3),
	('notifications', '01a2109f-e38c-7778-adab-bdabff845292', 19, 0),
	('notifications', '01a2109f-e54b-7010-bc41-d915b842315b', 20, 0);
INSERT INTO public.inbox VALUES
	('notifications', '01a2109f-e570-71d6-8577-afcacf696999', 21, 0),
	('notifications', '01a2109f-e570-71d6-8577-afcb0a23f921', 21, 1),
	('notifications', '01a2109f-e562-7636-889a-3a07a8903881', 22, 0),
	('notifications', '01a2109f-e5ae-7099-a1f9-ea3a0cddb4c4', 23, 0),
	('notifications', '01a2109f-e5ae-7099-a1f9-ea3b9087398a', 23, 1),
	('notifications', '01a2109f-e62e-7280-a152-fe75407c0372', 24, 1),
	('notifications', '01a2109f-e62e-7280-a152-fe76871402c9', 24, 0);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES
	(1, '01a2109f-e09e-7187-95b7-0c3399db3d71', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 1, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64c76f402b42', '00-01a2109fdeaa7186830764bdec85568f-95b70c3399db3d71-01', '{"message":"016b0025-bc81-5655-ac95-6bbdaee1b0ef","template":"prior-learning-referral","channel":"sms","language":"km","about":"01a2109f-deaa-7186-8307-64c76f402b42"}'),
	(2, '01a2109f-e09f-73a4-b34b-318aa253dd05', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 1, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-21350461289b', '00-01a2109fdeab7423a1b6212a04cd69c0-b34b318aa253dd05-01', '{"message":"0b9dcd0a-63f2-51eb-8391-ea5801227772","template":"work-referral","channel":"sms","language":"km","about":"01a2109f-deab-7423-a1b6-21350461289b"}'),
	(3, '01a2109f-e09f-73a4-b34b-318b754772b4', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 2, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-b34b318b754772b4-01', '{"message":"19bd7c08-ba32-5ffb-a786-4fc62c94d075","template":"welcome","channel":"sms","language":"km","about":"01a2109f-deaa-7186-8307-64bf93f466cd"}'),
	(4, '01a2109f-e09f-73a4-b34b-318cc8bab8cb', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 1, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-21411bcd0de9', '00-01a2109fdeab7423a1b62136f573ce5a-b34b318cc8bab8cb-01', '{"message":"1cff5737-6a11-52d8-8a39-f6c53e5891c3","template":"work-referral","channel":"voice","language":"km","about":"01a2109f-deab-7423-a1b6-21411bcd0de9"}'),
	(5, '01a2109f-e09f-73a4-b34b-318da4bc00f9', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 1, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64bc615d31c4', '00-01a2109fdeaa7186830764b173a621a5-b34b318da4bc00f9-01', '{"message":"1db4b5a4-7255-52c6-8519-0733331608d4","template":"work-referral","channel":"sms","language":"km","about":"01a2109f-deaa-7186-8307-64bc615d31c4"}'),
	(6, '01a2109f-e09f-73a4-b34b-318ec69b82ad', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 1, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-b34b318ec69b82ad-01', '{"message":"5e67244b-09a5-527b-8fbd-a6404b3e7aaa","template":"welcome","channel":"sms","language":"km","about":"01a2109f-deab-7423-a1b6-21447cca531f"}'),
	(7, '01a2109f-e09f-73a4-b34b-318f58770269', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 1, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.743985+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-b34b318f58770269-01', '{"message":"66e3ef72-c042-5740-a16f-dd06e16ddc34","template":"welcome","channel":"voice","language":"km","about":"01a2109f-deac-72ea-a6dd-fb9d226f653c"}'),
	(8, '01a2109f-e09f-73a4-b34b-31909c3dd726', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 2, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-b34b31909c3dd726-01', '{"message":"6bf3d762-f83c-522a-a417-455cc26db519","template":"welcome","channel":"sms","language":"km","about":"01a2109f-deab-7423-a1b6-212c477d30a2"}'),
	(9, '01a2109f-e09f-73a4-b34b-31918d42ff1f', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 3, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64c8c1c6306b', '00-01a2109fdeaa7186830764bdec85568f-b34b31918d42ff1f-01', '{"message":"6d7f92b2-d5a0-5ec6-9968-3e0ea90dd5ed","template":"work-referral","channel":"sms","language":"km","about":"01a2109f-deaa-7186-8307-64c8c1c6306b"}'),
	(10, '01a2109f-e09f-73a4-b34b-319263e8ba5c', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 2, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-b34b319263e8ba5c-01', '{"message":"a69a3422-ad11-5035-a880-cf737393b2c5","template":"welcome","channel":"voice","language":"km","about":"01a2109f-deab-7423-a1b6-2138a860c27a"}'),
	(11, '01a2109f-e09f-73a4-b34b-319371a9c15d', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 2, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.743985+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fba621121d7a', '00-01a2109fdeac72eaa6ddfb9b75358679-b34b319371a9c15d-01', '{"message":"a7a6c8aa-0272-5a09-b0a1-de0c78f5db98","template":"work-referral","channel":"voice","language":"km","about":"01a2109f-deac-72ea-a6dd-fba621121d7a"}'),
	(12, '01a2109f-e09f-73a4-b34b-31940b23c364', 'notifications', 'reintegration.notifications.message-failed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 1, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21295825e1da', '00-01a2109fdeab7423a1b6211ea3d9a365-b34b31940b23c364-01', '{"message":"ae5f7d9a-bf06-5a87-93f3-ec9bd84d4b1d","template":"work-referral","channel":"none","language":"km","about":"01a2109f-deab-7423-a1b6-21295825e1da","reason":"unreachable"}'),
	(13, '01a2109f-e09f-73a4-b34b-3195915a2830', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 2, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-214c5ebb4fd5', '00-01a2109fdeab7423a1b62142ff0a114f-b34b3195915a2830-01', '{"message":"c7b8afa0-65e9-5aeb-bed1-70e9c6fc826d","template":"prior-learning-referral","channel":"sms","language":"km","about":"01a2109f-deab-7423-a1b6-214c5ebb4fd5"}'),
	(14, '01a2109f-e09f-73a4-b34b-3196beabd438', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 3, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-214d00ab88fc', '00-01a2109fdeab7423a1b62142ff0a114f-b34b3196beabd438-01', '{"message":"deec01ae-65fc-522d-b8fb-93437b54bb11","template":"work-referral","channel":"sms","language":"km","about":"01a2109f-deab-7423-a1b6-214d00ab88fc"}'),
	(15, '01a2109f-e09f-73a4-b34b-319770f56537', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 2, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-b34b319770f56537-01', '{"message":"e980ac30-f131-5f28-ab2a-b21614bd2a0b","template":"welcome","channel":"sms","language":"km","about":"01a2109f-deaa-7186-8307-64b3aeb587b9"}'),
	(16, '01a2109f-e09f-73a4-b34b-3198c4766666', 'notifications', 'reintegration.notifications.message-failed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 2, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-b34b3198c4766666-01', '{"message":"f4c6e81b-7f14-564a-aad3-c24a7ef261c7","template":"welcome","channel":"none","language":"km","about":"01a2109f-deab-7423-a1b6-21205fde52bd","reason":"unreachable"}'),
	(17, '01a2109f-e0e1-759f-875f-d2174b74acca', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-df20-7382-a953-d425efec716c', 1, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.964691+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c7714cf0f1db', '00-01a2109fdf3f70af8909c76632e0500b-875fd2174b74acca-01', '{"message":"004b77af-261c-5038-aa15-18f825e1b2f7","template":"work-referral","channel":"sms","language":"km","about":"01a2109f-df3f-70af-8909-c7714cf0f1db"}'),
	(18, '01a2109f-e0e1-759f-875f-d218e7712578', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-df20-7382-a953-d425efec716c', 2, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.964691+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-875fd218e7712578-01', '{"message":"6fb8e808-65a2-51e2-9a7c-baf4e533c33f","template":"welcome","channel":"sms","language":"km","about":"01a2109f-df3f-70af-8909-c76832211bb8"}'),
	(19, '01a2109f-e0e1-759f-875f-d219783eee08', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 3, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.964691+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-dfb2-74d3-89f7-6ea188929d5e', '00-01a2109fdeab7423a1b62136f573ce5a-875fd219783eee08-01', '{"message":"16cad7ab-bc5b-5bf0-b1b5-d6ea9a6c2061","template":"seat-reserved","channel":"voice","language":"km","about":"01a2109f-dfb2-74d3-89f7-6ea188929d5e"}'),
	(20, '01a2109f-e0e1-759f-875f-d21a37894e55', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 3, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.964691+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-dfb3-71d0-84c7-46b06f4e65db', '00-01a2109fdeac72eaa6ddfb9b75358679-875fd21a37894e55-01', '{"message":"5eba5c7d-2128-57a6-bc8c-288588ef6b15","template":"seat-refused","channel":"voice","language":"km","about":"01a2109f-dfb3-71d0-84c7-46b06f4e65db"}'),
	(21, '01a2109f-e0e1-759f-875f-d21bf82a0d6e', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 3, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.964691+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-dfb2-74d3-89f7-6ea0d58af47b', '00-01a2109fdeaa7186830764b173a621a5-875fd21bf82a0d6e-01', '{"message":"8a67b735-3d5e-571f-b613-b07e45301275","template":"seat-reserved","channel":"sms","language":"km","about":"01a2109f-dfb2-74d3-89f7-6ea0d58af47b"}'),
	(22, '01a2109f-e0e1-759f-875f-d21c871c0d49', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 3, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.964691+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-dfb2-74d3-89f7-6ea39f242dc5', '00-01a2109fdeab7423a1b6212a04cd69c0-875fd21c871c0d49-01', '{"message":"9b8d5f25-b95b-5e1e-8efb-594bc7d0c225","template":"seat-reserved","channel":"sms","language":"km","about":"01a2109f-dfb2-74d3-89f7-6ea39f242dc5"}'),
	(23, '01a2109f-e0e1-759f-875f-d21d5da6fa38', 'notifications', 'reintegration.notifications.message-failed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 3, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.964691+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-dfb2-74d3-89f7-6ea2ac9cff19', '00-01a2109fdeab7423a1b6211ea3d9a365-875fd21d5da6fa38-01', '{"message":"d89f13ed-c79c-5e67-b76b-432075e30402","template":"seat-reserved","channel":"none","language":"km","about":"01a2109f-dfb2-74d3-89f7-6ea2ac9cff19","reason":"unreachable"}'),
	(24, '01a2109f-e0e1-759f-875f-d21e57c15289', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-df20-7382-a953-d425efec716c', 3, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.964691+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-e031-7706-bd62-13f8c0ef83cc', '00-01a2109fdf3f70af8909c76632e0500b-875fd21e57c15289-01', '{"message":"a7bdeff0-9003-5819-8e07-20b5ff81c2ae","template":"seat-refused","channel":"sms","language":"km","about":"01a2109f-e031-7706-bd62-13f8c0ef83cc"}'),
	(25, '01a2109f-e24c-7223-aba1-113421b25f3c', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 4, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:03.332453+00', '01a2109f-e207-72ab-b80f-a5ad440a87af', '01a2109f-e21b-72df-a95a-16be45f3a357', '00-01a2109fe20772abb80fa5ad440a87af-aba1113421b25f3c-01', '{"message":"7ecc3a8f-0f72-57bb-a613-323a78a60ac4","template":"farewell","channel":"sms","language":"km","about":"01a2109f-e21b-72df-a95a-16be45f3a357"}'),
	(26, '01a2109f-e278-77da-bbf8-ee9ea6e9e53d', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-df20-7382-a953-d425efec716c', 4, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:03.379936+00', '01a2109f-e22d-7671-8275-0921bd2caf49', '01a2109f-e241-708f-a483-8648ce886d33', '00-01a2109fe22d767182750921bd2caf49-bbf8ee9ea6e9e53d-01', '{"message":"5e96d355-d429-5967-9aa6-0d0189370469","template":"farewell","channel":"sms","language":"km","about":"01a2109f-e241-708f-a483-8648ce886d33"}'),
	(27, '01a2109f-e2b0-76f9-9078-cea85bb2aa4a', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 4, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:03.43267+00', '01a2109f-e28c-722b-981f-383a0996d7fe', '01a2109f-e292-709a-b457-08900476ec8a', '00-01a2109fe28c722b981f383a0996d7fe-9078cea85bb2aa4a-01', '{"message":"03d75bf3-2df3-5832-b813-0956d681f1e3","template":"referral-withdrawn","channel":"sms","language":"km","about":"01a2109f-e292-709a-b457-08900476ec8a"}'),
	(28, '01a2109f-e2f8-74d8-954d-9ec052b7daf4', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 4, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:03.501545+00', '01a2109f-e2a4-725d-b3ce-97afa31a5bee', '01a2109f-e2c6-7659-befc-477a212f5c65', '00-01a2109fe2a4725db3ce97afa31a5bee-954d9ec052b7daf4-01', '{"message":"60a973c8-25f7-58ed-8a8f-de0f437da2db","template":"referral-withdrawn","channel":"voice","language":"km","about":"01a2109f-e2c6-7659-befc-477a212f5c65"}'),
	(29, '01a2109f-e350-7235-8fa0-196e63ba2dd5', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 4, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:03.579924+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e309-75bd-87fb-92a178b0af0a', '00-01a2109fe2ee71cb994190b1449553e5-8fa0196e63ba2dd5-01', '{"message":"0bc9754e-fea2-5eec-8c52-b69f574eaa07","template":"prior-learning-recognised","channel":"sms","language":"km","about":"01a2109f-e309-75bd-87fb-92a178b0af0a"}'),
	(30, '01a2109f-e372-72d1-aa4c-baf4356ac7f5', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 4, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:03.616298+00', '01a2109f-e2e8-71ca-9855-b0af895f34b5', '01a2109f-e315-749a-9b1d-288b43c772a1', '00-01a2109fe2e871ca9855b0af895f34b5-aa4cbaf4356ac7f5-01', '{"message":"8c03b425-003b-5af7-8609-2968570a861c","template":"prior-learning-recognised","channel":"sms","language":"km","about":"01a2109f-e315-749a-9b1d-288b43c772a1"}'),
	(31, '01a2109f-e3b1-749a-b66c-8331ec3674b2', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 5, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:03.656974+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e345-71c0-97b4-0412bdc5fe54', '00-01a2109fe2ee71cb994190b1449553e5-b66c8331ec3674b2-01', '{"message":"8ca1d23e-7987-5aa8-abc7-96d0b55d0cef","template":"match-proposed","channel":"sms","language":"km","about":"01a2109f-e345-71c0-97b4-0412bdc5fe54"}'),
	(32, '01a2109f-e3b1-749a-b66c-833272cca450', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 6, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:03.656974+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e345-71c0-97b4-041111bf1cc8', '00-01a2109fe2ee71cb994190b1449553e5-b66c833272cca450-01', '{"message":"ba2beb91-2e96-5eba-9397-f90f9fcfeb1d","template":"match-proposed","channel":"sms","language":"km","about":"01a2109f-e345-71c0-97b4-041111bf1cc8"}'),
	(33, '01a2109f-e5b6-766f-ac60-060211807f02', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 7, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:04.206935+00', '01a2109f-e541-7315-837d-0fa145996ba1', '01a2109f-e562-7636-889a-3a07a8903881', '00-01a2109fe5417315837d0fa145996ba1-ac60060211807f02-01', '{"message":"e6b30c94-423b-5970-b08f-08e7d034b8e3","template":"placement-confirmed","channel":"sms","language":"km","about":"01a2109f-e562-7636-889a-3a07a8903881"}'),
	(34, '01a2109f-e5cc-707b-be2f-0e016cd14529', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 8, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:04.228871+00', '01a2109f-e541-7315-837d-0fa145996ba1', '01a2109f-e5ae-7099-a1f9-ea3b9087398a', '00-01a2109fe5417315837d0fa145996ba1-be2f0e016cd14529-01', '{"message":"fa6da528-de7e-5692-a20a-e59de7703c62","template":"referral","channel":"sms","language":"km","about":"01a2109f-e5ae-7099-a1f9-ea3b9087398a"}'),
	(35, '01a2109f-e655-767a-ab7f-f6d41f5534ec', 'notifications', 'reintegration.notifications.message-delivered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 9, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:04.367065+00', '01a2109f-e628-7111-a020-c6309ac29bf2', '01a2109f-e62e-7280-a152-fe76871402c9', '00-01a2109fe6287111a020c6309ac29bf2-ab7ff6d41f5534ec-01', '{"message":"c3ae2c6b-f7d8-5117-8442-16377a9f85e9","template":"referral-accepted","channel":"sms","language":"km","about":"01a2109f-e62e-7280-a152-fe76871402c9"}');
INSERT INTO public.message VALUES
	('016b0025-bc81-5655-ac95-6bbdaee1b0ef', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-deaa-7186-8307-64c76f402b42', 'prior-learning-referral', '{"code": "3043-4048-9347"}', '01a2109f-de9b-735a-a36c-f393cb4d0854', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64bdec85568f', '00-01a2109fdeaa7186830764bdec85568f-830764c76f402b42-01'),
	('0b9dcd0a-63f2-51eb-8391-ea5801227772', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-deab-7423-a1b6-21350461289b', 'work-referral', '{"code": "5872-9936-9961"}', '01a2109f-de9b-735a-a36c-f397da01f7e5', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b621350461289b-01'),
	('19bd7c08-ba32-5ffb-a786-4fc62c94d075', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-deaa-7186-8307-64bf93f466cd', 'welcome', '{}', '01a2109f-de9b-735a-a36c-f393cb4d0854', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64bdec85568f', '00-01a2109fdeaa7186830764bdec85568f-830764bf93f466cd-01'),
	('1cff5737-6a11-52d8-8a39-f6c53e5891c3', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-deab-7423-a1b6-21411bcd0de9', 'work-referral', '{"code": "7266-7299-2260"}', '01a2109f-de9b-735a-a36c-f3999ba335be', 'voice', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b621411bcd0de9-01'),
	('1db4b5a4-7255-52c6-8519-0733331608d4', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-deaa-7186-8307-64bc615d31c4', 'work-referral', '{"code": "1811-3007-2205"}', '01a2109f-de9a-72c8-b742-2dd2449d78a2', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64b173a621a5', '00-01a2109fdeaa7186830764b173a621a5-830764bc615d31c4-01'),
	('5e67244b-09a5-527b-8fbd-a6404b3e7aaa', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-deab-7423-a1b6-21447cca531f', 'welcome', '{}', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b621447cca531f-01'),
	('66e3ef72-c042-5740-a16f-dd06e16ddc34', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '01a2109f-deac-72ea-a6dd-fb9d226f653c', 'welcome', '{}', '01a2109f-de9b-735a-a36c-f39d001e56bf', 'voice', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfb9d226f653c-01'),
	('6bf3d762-f83c-522a-a417-455cc26db519', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-deab-7423-a1b6-212c477d30a2', 'welcome', '{}', '01a2109f-de9b-735a-a36c-f397da01f7e5', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b6212c477d30a2-01'),
	('6d7f92b2-d5a0-5ec6-9968-3e0ea90dd5ed', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-deaa-7186-8307-64c8c1c6306b', 'work-referral', '{"code": "3163-5276-4289"}', '01a2109f-de9b-735a-a36c-f393cb4d0854', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64bdec85568f', '00-01a2109fdeaa7186830764bdec85568f-830764c8c1c6306b-01'),
	('a69a3422-ad11-5035-a880-cf737393b2c5', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-deab-7423-a1b6-2138a860c27a', 'welcome', '{}', '01a2109f-de9b-735a-a36c-f3999ba335be', 'voice', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b62138a860c27a-01'),
	('004b77af-261c-5038-aa15-18f825e1b2f7', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-df3f-70af-8909-c7714cf0f1db', 'work-referral', '{"code": "8433-8711-9582"}', '01a2109f-df3d-74fe-a62e-5c450c4ab265', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.525968+00', '2026-11-25 02:54:02.964691+00', '01a2109f-df3f-70af-8909-c76632e0500b', '00-01a2109fdf3f70af8909c76632e0500b-8909c7714cf0f1db-01'),
	('16cad7ab-bc5b-5bf0-b1b5-d6ea9a6c2061', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-dfb2-74d3-89f7-6ea188929d5e', 'seat-reserved', '{"code": "7018-5339-4971", "starts": "2026-11-25"}', '01a2109f-de9b-735a-a36c-f3999ba335be', 'voice', 'km', 'delivered', NULL, '2026-11-25 02:54:02.668352+00', '2026-11-25 02:54:02.964691+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '00-01a2109fdeab7423a1b62136f573ce5a-89f76ea188929d5e-01'),
	('5eba5c7d-2128-57a6-bc8c-288588ef6b15', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '01a2109f-dfb3-71d0-84c7-46b06f4e65db', 'seat-refused', '{"code": "8272-6871-4360", "reason": "full"}', '01a2109f-de9b-735a-a36c-f39d001e56bf', 'voice', 'km', 'delivered', NULL, '2026-11-25 02:54:02.668352+00', '2026-11-25 02:54:02.964691+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '00-01a2109fdeac72eaa6ddfb9b75358679-84c746b06f4e65db-01'),
	('8a67b735-3d5e-571f-b613-b07e45301275', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-dfb2-74d3-89f7-6ea0d58af47b', 'seat-reserved', '{"code": "1480-0605-4462", "starts": "2026-11-25"}', '01a2109f-de9a-72c8-b742-2dd2449d78a2', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.668352+00', '2026-11-25 02:54:02.964691+00', '01a2109f-deaa-7186-8307-64b173a621a5', '00-01a2109fdeaa7186830764b173a621a5-89f76ea0d58af47b-01'),
	('9b8d5f25-b95b-5e1e-8efb-594bc7d0c225', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-dfb2-74d3-89f7-6ea39f242dc5', 'seat-reserved', '{"code": "5020-2831-3917", "starts": "2026-11-25"}', '01a2109f-de9b-735a-a36c-f397da01f7e5', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.668352+00', '2026-11-25 02:54:02.964691+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '00-01a2109fdeab7423a1b6212a04cd69c0-89f76ea39f242dc5-01'),
	('d89f13ed-c79c-5e67-b76b-432075e30402', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-dfb2-74d3-89f7-6ea2ac9cff19', 'seat-reserved', '{"code": "4118-6997-2625", "starts": "2026-11-25"}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'failed', 'unreachable', '2026-11-25 02:54:02.668352+00', '2026-11-25 02:54:02.964691+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '00-01a2109fdeab7423a1b6211ea3d9a365-89f76ea2ac9cff19-01'),
	('a7a6c8aa-0272-5a09-b0a1-de0c78f5db98', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '01a2109f-deac-72ea-a6dd-fba621121d7a', 'work-referral', '{"code": "8754-5135-5871"}', '01a2109f-de9b-735a-a36c-f39d001e56bf', 'voice', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfba621121d7a-01'),
	('ae5f7d9a-bf06-5a87-93f3-ec9bd84d4b1d', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-deab-7423-a1b6-21295825e1da', 'work-referral', '{"code": "4700-6214-5792"}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'failed', 'unreachable', '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b621295825e1da-01'),
	('c7b8afa0-65e9-5aeb-bed1-70e9c6fc826d', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-deab-7423-a1b6-214c5ebb4fd5', 'prior-learning-referral', '{"code": "7787-9962-8745"}', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b6214c5ebb4fd5-01'),
	('deec01ae-65fc-522d-b8fb-93437b54bb11', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-deab-7423-a1b6-214d00ab88fc', 'work-referral', '{"code": "7938-2354-9987"}', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b6214d00ab88fc-01'),
	('e980ac30-f131-5f28-ab2a-b21614bd2a0b', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-deaa-7186-8307-64b3aeb587b9', 'welcome', '{}', '01a2109f-de9a-72c8-b742-2dd2449d78a2', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deaa-7186-8307-64b173a621a5', '00-01a2109fdeaa7186830764b173a621a5-830764b3aeb587b9-01'),
	('f4c6e81b-7f14-564a-aad3-c24a7ef261c7', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-deab-7423-a1b6-21205fde52bd', 'welcome', '{}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'failed', 'unreachable', '2026-11-25 02:54:02.345341+00', '2026-11-25 02:54:02.743985+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b621205fde52bd-01'),
	('6fb8e808-65a2-51e2-9a7c-baf4e533c33f', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-df3f-70af-8909-c76832211bb8', 'welcome', '{}', '01a2109f-df3d-74fe-a62e-5c450c4ab265', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.525968+00', '2026-11-25 02:54:02.964691+00', '01a2109f-df3f-70af-8909-c76632e0500b', '00-01a2109fdf3f70af8909c76632e0500b-8909c76832211bb8-01'),
	('5e96d355-d429-5967-9aa6-0d0189370469', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-e241-708f-a483-8648ce886d33', 'farewell', '{}', '01a2109f-df3d-74fe-a62e-5c450c4ab265', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:03.31021+00', '2026-11-25 02:54:03.379936+00', '01a2109f-e22d-7671-8275-0921bd2caf49', '00-01a2109fe22d767182750921bd2caf49-a4838648ce886d33-01'),
	('60a973c8-25f7-58ed-8a8f-de0f437da2db', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-e2c6-7659-befc-477a212f5c65', 'referral-withdrawn', '{"code": "7018-5339-4971"}', '01a2109f-de9b-735a-a36c-f3999ba335be', 'voice', 'km', 'delivered', NULL, '2026-11-25 02:54:03.431775+00', '2026-11-25 02:54:03.501545+00', '01a2109f-e2a4-725d-b3ce-97afa31a5bee', '00-01a2109fe2a4725db3ce97afa31a5bee-befc477a212f5c65-01'),
	('8c03b425-003b-5af7-8609-2968570a861c', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-e315-749a-9b1d-288b43c772a1', 'prior-learning-recognised', '{"skills": ["compost-making", "rubber-tapping", "harvesting"]}', '01a2109f-de9b-735a-a36c-f393cb4d0854', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:03.50222+00', '2026-11-25 02:54:03.616298+00', '01a2109f-e2e8-71ca-9855-b0af895f34b5', '00-01a2109fe2e871ca9855b0af895f34b5-9b1d288b43c772a1-01'),
	('fbc2bef5-3bb9-5055-949c-331723337953', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e364-710c-b3b6-46df2a91c96c', 'skills-recognised', '{"skills": ["drip-irrigation", "vegetable-growing"]}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'withheld', 'no-consent', '2026-11-25 02:54:03.569806+00', '2026-11-25 02:54:03.694091+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', '00-01a2109fe32970f18929223bd8f8a8df-b3b646df2a91c96c-01'),
	('f5d75a0b-4fa8-538e-989a-b5a8eec8d79d', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e570-71d6-8577-afcb0a23f921', 'referral', '{"code": "6730-9140-8446"}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'withheld', 'no-consent', '2026-11-25 02:54:04.135527+00', '2026-11-25 02:54:04.169294+00', '01a2109f-e543-7039-abf8-fa35ea6ca159', '00-01a2109fe5437039abf8fa35ea6ca159-8577afcb0a23f921-01'),
	('fa6da528-de7e-5692-a20a-e59de7703c62', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e5ae-7099-a1f9-ea3b9087398a', 'referral', '{"code": "6176-2851-0117"}', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:04.202351+00', '2026-11-25 02:54:04.228871+00', '01a2109f-e541-7315-837d-0fa145996ba1', '00-01a2109fe5417315837d0fa145996ba1-a1f9ea3b9087398a-01'),
	('a7bdeff0-9003-5819-8e07-20b5ff81c2ae', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-e031-7706-bd62-13f8c0ef83cc', 'seat-refused', '{"code": "7640-6272-8369", "reason": "full"}', '01a2109f-df3d-74fe-a62e-5c450c4ab265', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:02.793583+00', '2026-11-25 02:54:02.964691+00', '01a2109f-df3f-70af-8909-c76632e0500b', '00-01a2109fdf3f70af8909c76632e0500b-bd6213f8c0ef83cc-01'),
	('7ecc3a8f-0f72-57bb-a613-323a78a60ac4', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-e21b-72df-a95a-16be45f3a357', 'farewell', '{}', '01a2109f-de9a-72c8-b742-2dd2449d78a2', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:03.274835+00', '2026-11-25 02:54:03.332453+00', '01a2109f-e207-72ab-b80f-a5ad440a87af', '00-01a2109fe20772abb80fa5ad440a87af-a95a16be45f3a357-01'),
	('03d75bf3-2df3-5832-b813-0956d681f1e3', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-e292-709a-b457-08900476ec8a', 'referral-withdrawn', '{"code": "5020-2831-3917"}', '01a2109f-de9b-735a-a36c-f397da01f7e5', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:03.405477+00', '2026-11-25 02:54:03.43267+00', '01a2109f-e28c-722b-981f-383a0996d7fe', '00-01a2109fe28c722b981f383a0996d7fe-b45708900476ec8a-01'),
	('0bc9754e-fea2-5eec-8c52-b69f574eaa07', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e309-75bd-87fb-92a178b0af0a', 'prior-learning-recognised', '{"skills": ["rice-growing", "vegetable-growing", "pig-raising"]}', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:03.50496+00', '2026-11-25 02:54:03.579924+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '00-01a2109fe2ee71cb994190b1449553e5-87fb92a178b0af0a-01'),
	('8ca1d23e-7987-5aa8-abc7-96d0b55d0cef', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e345-71c0-97b4-0412bdc5fe54', 'match-proposed', '{"commune": "220502", "occupation": "6111"}', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:03.58049+00', '2026-11-25 02:54:03.656974+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '00-01a2109fe2ee71cb994190b1449553e5-97b40412bdc5fe54-01'),
	('ba2beb91-2e96-5eba-9397-f90f9fcfeb1d', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e345-71c0-97b4-041111bf1cc8', 'match-proposed', '{"commune": "220501", "occupation": "6111"}', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:03.58049+00', '2026-11-25 02:54:03.656974+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '00-01a2109fe2ee71cb994190b1449553e5-97b4041111bf1cc8-01'),
	('5953d749-a26f-598c-ad25-726a926d325d', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e39b-7389-ba6e-90af3ff64038', 'match-proposed', '{"commune": "220501", "occupation": "6111"}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'withheld', 'no-consent', '2026-11-25 02:54:03.668387+00', '2026-11-25 02:54:03.70333+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', '00-01a2109fe32970f18929223bd8f8a8df-ba6e90af3ff64038-01'),
	('614339e8-e041-5d37-9c97-d574502198fb', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e39b-7389-ba6e-90b0adf453bb', 'match-proposed', '{"commune": "220401", "occupation": "6111"}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'withheld', 'no-consent', '2026-11-25 02:54:03.668387+00', '2026-11-25 02:54:03.70333+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', '00-01a2109fe32970f18929223bd8f8a8df-ba6e90b0adf453bb-01'),
	('bb63a926-0cb9-543e-88e8-7a798178d6a4', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e39b-7389-ba6e-90aeefc55668', 'match-proposed', '{"commune": "220502", "occupation": "6111"}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'withheld', 'no-consent', '2026-11-25 02:54:03.668387+00', '2026-11-25 02:54:03.70333+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', '00-01a2109fe32970f18929223bd8f8a8df-ba6e90aeefc55668-01'),
	('c65e164f-074b-507b-bc57-de4552a3fa9c', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e54b-7010-bc41-d915b842315b', 'placement-confirmed', '{"starts": "2026-11-27", "commune": "220502", "occupation": "6111"}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'withheld', 'no-consent', '2026-11-25 02:54:04.101627+00', '2026-11-25 02:54:04.13646+00', '01a2109f-e543-7039-abf8-fa35ea6ca159', '00-01a2109fe5437039abf8fa35ea6ca159-bc41d915b842315b-01'),
	('e6b30c94-423b-5970-b08f-08e7d034b8e3', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e562-7636-889a-3a07a8903881', 'placement-confirmed', '{"starts": "2026-11-26", "commune": "220501", "occupation": "6111"}', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:04.103293+00', '2026-11-25 02:54:04.206935+00', '01a2109f-e541-7315-837d-0fa145996ba1', '00-01a2109fe5417315837d0fa145996ba1-889a3a07a8903881-01'),
	('2a812e23-86ec-513f-805b-7bb9169ede59', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e62e-7280-a152-fe75407c0372', 'referral-accepted', '{"code": "6730-9140-8446"}', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', 'withheld', 'no-consent', '2026-11-25 02:54:04.330657+00', '2026-11-25 02:54:04.35503+00', '01a2109f-e629-71ae-933e-2663fe293d09', '00-01a2109fe62971ae933e2663fe293d09-a152fe75407c0372-01'),
	('c3ae2c6b-f7d8-5117-8442-16377a9f85e9', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e62e-7280-a152-fe76871402c9', 'referral-accepted', '{"code": "6176-2851-0117"}', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', 'delivered', NULL, '2026-11-25 02:54:04.330533+00', '2026-11-25 02:54:04.367065+00', '01a2109f-e628-7111-a020-c6309ac29bf2', '00-01a2109fe6287111a020c6309ac29bf2-a152fe76871402c9-01');
INSERT INTO public.recipient VALUES
	('01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de9a-72c8-b742-2dd2449d78a2', 'sms', 'km', true, NULL, false, '["oddar-meanchey"]', '[]'),
	('01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de9b-735a-a36c-f393cb4d0854', 'sms', 'km', true, NULL, false, '["oddar-meanchey"]', '[]'),
	('01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de9b-735a-a36c-f397da01f7e5', 'sms', 'km', true, NULL, false, '["oddar-meanchey"]', '[]'),
	('01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de9b-735a-a36c-f3999ba335be', 'voice', 'km', true, NULL, false, '["oddar-meanchey"]', '[]'),
	('01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', true, NULL, false, '["oddar-meanchey"]', '[]'),
	('01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df3d-74fe-a62e-5c450c4ab265', 'sms', 'km', true, NULL, false, '["oddar-meanchey"]', '[]'),
	('01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de9b-735a-a36c-f39d001e56bf', 'voice', 'km', false, NULL, false, '["oddar-meanchey"]', '[]'),
	('01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', false, NULL, false, '["oddar-meanchey"]', '[]');
INSERT INTO public.subject VALUES
	('01a2109f-de6b-75be-a7ea-d1f352c2cd93', 3, false),
	('01a2109f-de6b-75be-a7ea-d1ebebcc3258', 3, false),
	('01a2109f-de6b-75be-a7ea-d1e744816c40', 4, false),
	('01a2109f-df20-7382-a953-d425efec716c', 4, false),
	('01a2109f-de6b-75be-a7ea-d1edddc05837', 4, false),
	('01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 4, false),
	('01a2109f-de6b-75be-a7ea-d1e9703ab29d', 4, false),
	('01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 9, false);
SELECT pg_catalog.setval('public.inbox_batch', 24, true);
SELECT pg_catalog.setval('public.ledger_position_seq', 35, true);
SELECT pg_catalog.setval('public.parked_number_seq', 1, false);
SELECT pg_catalog.setval('public.timer_number_seq', 1, false);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.command
    ADD CONSTRAINT command_pkey PRIMARY KEY (principal, key);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, id);
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_subject_sequence_key UNIQUE (subject, sequence);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (message);
ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_consumer_topic_partition_offset_digest_key UNIQUE (consumer, topic, partition, "offset", digest);
ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.recipient
    ADD CONSTRAINT recipient_pkey PRIMARY KEY (person);
ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (subject);
ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.unsent
    ADD CONSTRAINT unsent_pkey PRIMARY KEY ("position");
CREATE INDEX message_person ON public.message USING btree (person, happened_at);
CREATE INDEX message_ready ON public.message USING btree (happened_at, message) WHERE (state = 'ready'::text);
CREATE UNIQUE INDEX parked_id ON public.parked USING btree (consumer, id) WHERE (id IS NOT NULL);
CREATE INDEX parked_waiting ON public.parked USING btree (subject) WHERE (state = 'waiting'::text);
CREATE INDEX recipient_waiting ON public.recipient USING btree (person) WHERE (waiting <> '[]'::jsonb);
CREATE INDEX timer_due ON public.timer USING btree (due_at, number);
CREATE INDEX timer_subject ON public.timer USING btree (subject);
