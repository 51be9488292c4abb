BEGIN TRANSACTION;
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	role TEXT NOT NULL, 
	action TEXT NOT NULL, 
	thread_id TEXT, 
	review_id TEXT, 
	detail TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	mac TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2026-11-01T12:00:00.023Z','desk','system','review_opened','34e05650-edd5-41a1-af3c-0611cd805a94','9b7e795a-2c1e-56da-8b31-5eebb8211a55','{"identity_source":"desk","kind":"refund","payload_sha256":"cc55f0fd243ec523fd398a0f62563adc360e9e5f3846a6e2d3a5a0b11895a266"}','0000000000000000000000000000000000000000000000000000000000000000','906e926069b63d9edb808c3e0075f23feb606e2ee54d24984acd856ecaa90767');
INSERT INTO "audit" VALUES(2,'2026-11-01T12:00:00.053Z','desk','system','review_opened','1e246425-4094-4707-bb43-29ce5a063be3','ec83145f-6728-59f1-8dd6-b52b973d60c8','{"identity_source":"desk","kind":"escalation","payload_sha256":"7961484a3afb11783d5c56c758f9cdb89d0d1f32cae47b4c78017e2195b9ac32"}','906e926069b63d9edb808c3e0075f23feb606e2ee54d24984acd856ecaa90767','bb6ff7d3e35109dd97dd6ecad5cb93a5db370be97dffac6087b012171f9a6c19');
CREATE TABLE decisions (
	review_id TEXT NOT NULL, 
	action TEXT NOT NULL, 
	reason TEXT, 
	note TEXT NOT NULL, 
	amount_minor INTEGER, 
	currency TEXT, 
	reply TEXT, 
	subject TEXT NOT NULL, 
	role TEXT NOT NULL, 
	source TEXT NOT NULL, 
	payload_sha256 TEXT NOT NULL, 
	decided_at TEXT NOT NULL, 
	PRIMARY KEY (review_id)
);
CREATE TABLE events (
	seq INTEGER NOT NULL, 
	thread_id TEXT NOT NULL, 
	turn_id TEXT, 
	type TEXT NOT NULL, 
	node TEXT, 
	payload TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "events" VALUES(1,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.002Z');
INSERT INTO "events" VALUES(2,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','intake','{"task_id":"85fafef1-f8c7-74e1-d139-65c2bd86c6ce"}','2026-11-01T12:00:00.007Z');
INSERT INTO "events" VALUES(3,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','intake','{"ms":1.25,"status":"done","task_id":"85fafef1-f8c7-74e1-d139-65c2bd86c6ce"}','2026-11-01T12:00:00.008Z');
INSERT INTO "events" VALUES(4,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','classify','{"task_id":"9f2174a9-d2d7-e03c-9f16-8ed616053f8b"}','2026-11-01T12:00:00.009Z');
INSERT INTO "events" VALUES(5,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','gauge_sentiment','{"task_id":"f864cc58-294d-7180-0766-eae68b538dfc"}','2026-11-01T12:00:00.010Z');
INSERT INTO "events" VALUES(6,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','retrieve','{"task_id":"d26652d4-9a69-ad15-a15c-2848e2c9681d"}','2026-11-01T12:00:00.011Z');
INSERT INTO "events" VALUES(7,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','classify','{"ms":1.24,"status":"done","task_id":"9f2174a9-d2d7-e03c-9f16-8ed616053f8b"}','2026-11-01T12:00:00.012Z');
INSERT INTO "events" VALUES(8,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','gauge_sentiment','{"ms":1.25,"status":"done","task_id":"f864cc58-294d-7180-0766-eae68b538dfc"}','2026-11-01T12:00:00.013Z');
INSERT INTO "events" VALUES(9,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','retrieve','{"ms":1.71,"status":"done","task_id":"d26652d4-9a69-ad15-a15c-2848e2c9681d"}','2026-11-01T12:00:00.014Z');
INSERT INTO "events" VALUES(10,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','route','{"task_id":"6d8921c4-cff7-2fae-7175-8616dde4634f"}','2026-11-01T12:00:00.015Z');
INSERT INTO "events" VALUES(11,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','route','{"ms":1.57,"status":"done","task_id":"6d8921c4-cff7-2fae-7175-8616dde4634f"}','2026-11-01T12:00:00.016Z');
INSERT INTO "events" VALUES(12,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','ROUTED','route','{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"awaiting":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"tone":"standard"}','2026-11-01T12:00:00.017Z');
INSERT INTO "events" VALUES(13,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','assess_refund','{"task_id":"36b4bf1b-17a0-2c83-8312-b31b8ee6ef7d"}','2026-11-01T12:00:00.018Z');
INSERT INTO "events" VALUES(14,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','assess_refund','{"ms":4.79,"status":"done","task_id":"36b4bf1b-17a0-2c83-8312-b31b8ee6ef7d"}','2026-11-01T12:00:00.019Z');
INSERT INTO "events" VALUES(15,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','human_gate','{"task_id":"46bb2589-c7be-28ab-214d-946c91827ff1"}','2026-11-01T12:00:00.020Z');
INSERT INTO "events" VALUES(16,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','human_gate','{"ms":1.25,"status":"paused","task_id":"46bb2589-c7be-28ab-214d-946c91827ff1"}','2026-11-01T12:00:00.021Z');
INSERT INTO "events" VALUES(17,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','HITL_TRIGGERED',NULL,'{"kind":"refund","review_id":"9b7e795a-2c1e-56da-8b31-5eebb8211a55"}','2026-11-01T12:00:00.024Z');
INSERT INTO "events" VALUES(18,'34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then."}','2026-11-01T12:00:00.025Z');
INSERT INTO "events" VALUES(19,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.029Z');
INSERT INTO "events" VALUES(20,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','intake','{"task_id":"d2be15d0-9119-60ce-fc8c-65172d5f1bf5"}','2026-11-01T12:00:00.034Z');
INSERT INTO "events" VALUES(21,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','intake','{"ms":0.35,"status":"done","task_id":"d2be15d0-9119-60ce-fc8c-65172d5f1bf5"}','2026-11-01T12:00:00.035Z');
INSERT INTO "events" VALUES(22,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','classify','{"task_id":"6dcb9be1-7f90-ef34-a4f1-c00e038d2cab"}','2026-11-01T12:00:00.036Z');
INSERT INTO "events" VALUES(23,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','gauge_sentiment','{"task_id":"4d7c680d-534c-594e-8045-225822f3dcb3"}','2026-11-01T12:00:00.037Z');
INSERT INTO "events" VALUES(24,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','retrieve','{"task_id":"1a9f0482-c49d-e0b3-be3d-b4da72b968cc"}','2026-11-01T12:00:00.038Z');
INSERT INTO "events" VALUES(25,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','classify','{"ms":0.76,"status":"done","task_id":"6dcb9be1-7f90-ef34-a4f1-c00e038d2cab"}','2026-11-01T12:00:00.039Z');
INSERT INTO "events" VALUES(26,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','gauge_sentiment','{"ms":0.78,"status":"done","task_id":"4d7c680d-534c-594e-8045-225822f3dcb3"}','2026-11-01T12:00:00.040Z');
INSERT INTO "events" VALUES(27,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','retrieve','{"ms":1.1,"status":"done","task_id":"1a9f0482-c49d-e0b3-be3d-b4da72b968cc"}','2026-11-01T12:00:00.041Z');
INSERT INTO "events" VALUES(28,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','route','{"task_id":"0a37ee94-1285-5da9-a6ab-63d6c44700b1"}','2026-11-01T12:00:00.042Z');
INSERT INTO "events" VALUES(29,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','route','{"ms":0.75,"status":"done","task_id":"0a37ee94-1285-5da9-a6ab-63d6c44700b1"}','2026-11-01T12:00:00.043Z');
INSERT INTO "events" VALUES(30,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','ROUTED','route','{"lane":"escalation","priority":"normal","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"awaiting":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"tone":"standard"}','2026-11-01T12:00:00.044Z');
INSERT INTO "events" VALUES(31,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','prepare_handoff','{"task_id":"9ccd6056-af86-2796-5eff-b9c1ffcc8639"}','2026-11-01T12:00:00.045Z');
INSERT INTO "events" VALUES(32,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','prepare_handoff','{"ms":3.21,"status":"done","task_id":"9ccd6056-af86-2796-5eff-b9c1ffcc8639"}','2026-11-01T12:00:00.047Z');
INSERT INTO "events" VALUES(33,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','TICKET_CREATED','prepare_handoff','{"number":"T-1001"}','2026-11-01T12:00:00.048Z');
INSERT INTO "events" VALUES(34,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','ESCALATED','prepare_handoff','{"priority":"normal"}','2026-11-01T12:00:00.049Z');
INSERT INTO "events" VALUES(35,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','human_handoff','{"task_id":"4637439e-8321-a293-05af-7473a5dfca7b"}','2026-11-01T12:00:00.050Z');
INSERT INTO "events" VALUES(36,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','human_handoff','{"ms":0.99,"status":"paused","task_id":"4637439e-8321-a293-05af-7473a5dfca7b"}','2026-11-01T12:00:00.051Z');
INSERT INTO "events" VALUES(37,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','HITL_TRIGGERED',NULL,'{"kind":"escalation","review_id":"ec83145f-6728-59f1-8dd6-b52b973d60c8"}','2026-11-01T12:00:00.054Z');
INSERT INTO "events" VALUES(38,'1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001."}','2026-11-01T12:00:00.055Z');
CREATE TABLE inbox (
	seq INTEGER NOT NULL, 
	message_id TEXT NOT NULL, 
	turn_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	status TEXT NOT NULL, 
	received_at TEXT NOT NULL, 
	finished_at TEXT, 
	attempts INTEGER NOT NULL, 
	review_id TEXT, 
	record TEXT, 
	error TEXT, 
	PRIMARY KEY (seq), 
	UNIQUE (message_id), 
	UNIQUE (turn_id)
);
INSERT INTO "inbox" VALUES(1,'golden-refund','47e325f8-5e10-5374-bda7-8791ebe9984e','34e05650-edd5-41a1-af3c-0611cd805a94','refund of $240 for order LF-10482','paused','2026-11-01T12:00:00.002Z','2026-11-01T12:00:00.023Z',1,'9b7e795a-2c1e-56da-8b31-5eebb8211a55','{"action_result":null,"citations":[],"classification":{"asks_for_person":false,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"amount":{"currency":"USD","minor":24000},"email":null,"order_number":"LF-10482"},"intent":"refund","person_confidence":0.1,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"policy":"default v1","reply":"Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.","review_id":"9b7e795a-2c1e-56da-8b31-5eebb8211a55","routing":{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"awaiting":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"tone":"standard"},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"ticket":null,"timings":{"assess_refund":4.79,"classify":1.24,"gauge_sentiment":1.25,"intake":1.25,"retrieve":1.71,"route":1.57}}',NULL);
INSERT INTO "inbox" VALUES(2,'golden-escalation','3b45c7a0-659f-5b48-b436-29a63cb06f2b','1e246425-4094-4707-bb43-29ce5a063be3','a human please','paused','2026-11-01T12:00:00.029Z','2026-11-01T12:00:00.053Z',1,'ec83145f-6728-59f1-8dd6-b52b973d60c8','{"action_result":null,"citations":[],"classification":{"asks_for_person":true,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"amount":null,"email":null,"order_number":null},"intent":"unknown","person_confidence":0.9,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"policy":"default v1","reply":"I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001.","review_id":"ec83145f-6728-59f1-8dd6-b52b973d60c8","routing":{"lane":"escalation","priority":"normal","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"awaiting":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"tone":"standard"},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"ticket":"T-1001","timings":{"classify":0.76,"gauge_sentiment":0.78,"intake":0.35,"prepare_handoff":3.21,"retrieve":1.1,"route":0.75}}',NULL);
CREATE TABLE ledger (
	"key" TEXT NOT NULL, 
	review_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	order_number TEXT, 
	amount_minor INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	reference TEXT, 
	entered_at TEXT NOT NULL, 
	paid_at TEXT, 
	PRIMARY KEY ("key"), 
	CHECK (amount_minor > 0)
);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','1');
CREATE TABLE replies (
	seq INTEGER NOT NULL, 
	reply_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	turn_id TEXT NOT NULL, 
	who TEXT NOT NULL, 
	author TEXT NOT NULL, 
	text TEXT NOT NULL, 
	citations TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (reply_id)
);
INSERT INTO "replies" VALUES(1,'47e325f8-5e10-5374-bda7-8791ebe9984e:holding','34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','agent','agent','Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.','[]','2026-11-01T12:00:00.023Z');
INSERT INTO "replies" VALUES(2,'3b45c7a0-659f-5b48-b436-29a63cb06f2b:holding','1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','agent','agent','I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001.','[]','2026-11-01T12:00:00.053Z');
CREATE TABLE reviews (
	seq INTEGER NOT NULL, 
	review_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	turn_id TEXT NOT NULL, 
	interrupt_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	status TEXT NOT NULL, 
	priority TEXT NOT NULL, 
	due_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	requester TEXT NOT NULL, 
	request TEXT NOT NULL, 
	order_number TEXT, 
	amount_minor INTEGER, 
	currency TEXT, 
	recommendation TEXT NOT NULL, 
	clauses TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	payload_sha256 TEXT NOT NULL, 
	graph_version TEXT NOT NULL, 
	decided_at TEXT, 
	decided_by TEXT, 
	decided_action TEXT, 
	PRIMARY KEY (seq), 
	UNIQUE (thread_id, interrupt_id), 
	UNIQUE (review_id)
);
INSERT INTO "reviews" VALUES(1,'9b7e795a-2c1e-56da-8b31-5eebb8211a55','34e05650-edd5-41a1-af3c-0611cd805a94','47e325f8-5e10-5374-bda7-8791ebe9984e','a2efe872d25fa7caec70fe5d0686bcf4','refund','pending','normal','2026-11-01T20:00:00.002Z','2026-11-04T12:00:00.002Z','2026-11-01T12:00:00.022Z','C-1001','refund of $240 for order LF-10482','LF-10482',24000,'USD','approve','[{"fact":"Order LF-10482 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1001, asked by C-1001","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-26","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"6 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$240.00 asked, $240.00 of $240.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"}]','{"action_requests":[{"args":{"amount":"240","currency":"USD"},"description":"Refund of $240.00 for order LF-10482","name":"issue_refund"}],"amount":{"currency":"USD","minor":24000},"due_at":"2026-11-01T20:00:00.002Z","evidence":{"citations":[],"clauses":[{"fact":"Order LF-10482 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1001, asked by C-1001","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-26","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"6 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$240.00 asked, $240.00 of $240.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"}],"draft":"","emotional_state":"neutral (+0.00)","hits":[],"order":null,"reasons":["Every clause of the refund policy holds"],"recommendation":"approve","refund":{"already_refunded":{"currency":"USD","minor":0},"asked":{"currency":"USD","minor":24000},"days_since_delivery":6,"order":{"carrier":"Parcelway","customer_id":"C-1001","customer_name":"Maya Chen","customer_tier":"standard","delivered_at":"2026-10-26T11:00:00.001Z","items":[{"final_sale":false,"name":"Walnut lounge chair","quantity":1,"refundable":true,"sku":"HM-320","unit_minor":24000}],"number":"LF-10482","paid":{"currency":"USD","minor":24000},"placed_at":"2026-10-22T11:00:00.001Z","refunded":{"currency":"USD","minor":0},"status":"delivered","tracking":"PW8869666706"},"order_number":"LF-10482","paid":{"currency":"USD","minor":24000},"proposed":{"currency":"USD","minor":24000}},"request":"refund of $240 for order LF-10482","rules":[{"effect":"lane","inputs":{"awaiting":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"sentiment_scores":[0.0],"summary":"Refund of $240.00 for order LF-10482","ticket_number":null,"transcript":[{"text":"refund of $240 for order LF-10482","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.002Z","kind":"refund","priority":"normal","requester":"C-1001","review_configs":[{"action_name":"issue_refund","allowed_decisions":["approve","edit","reject","respond"]}],"turn_id":"47e325f8-5e10-5374-bda7-8791ebe9984e"}','cc55f0fd243ec523fd398a0f62563adc360e9e5f3846a6e2d3a5a0b11895a266','bc687f832d14',NULL,NULL,NULL);
INSERT INTO "reviews" VALUES(2,'ec83145f-6728-59f1-8dd6-b52b973d60c8','1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','0ac55e297867bc4b8e21a83051692809','escalation','pending','normal','2026-11-01T20:00:00.029Z','2026-11-04T12:00:00.029Z','2026-11-01T12:00:00.052Z','C-1002','a human please',NULL,NULL,NULL,'look closer','[]','{"action_requests":[{"args":{"draft":"Thank you for your patience. I have read everything you wrote and am looking into it now; I will answer you here with what I find."},"description":"a human please","name":"send_reply"}],"amount":null,"due_at":"2026-11-01T20:00:00.029Z","evidence":{"citations":[],"clauses":[],"draft":"Thank you for your patience. I have read everything you wrote and am looking into it now; I will answer you here with what I find.","emotional_state":"neutral (+0.00)","hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"order":null,"reasons":["person requested"],"recommendation":"look closer","refund":null,"request":"a human please","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"awaiting":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"sentiment_scores":[0.0],"summary":"a human please","ticket_number":"T-1001","transcript":[{"text":"a human please","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.029Z","kind":"escalation","priority":"normal","requester":"C-1002","review_configs":[{"action_name":"send_reply","allowed_decisions":["approve","edit","reject","respond"]}],"turn_id":"3b45c7a0-659f-5b48-b436-29a63cb06f2b"}','7961484a3afb11783d5c56c758f9cdb89d0d1f32cae47b4c78017e2195b9ac32','bc687f832d14',NULL,NULL,NULL);
CREATE TABLE threads (
	thread_id TEXT NOT NULL, 
	status TEXT NOT NULL, 
	customer_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	title TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	turns INTEGER NOT NULL, 
	lease_owner TEXT, 
	lease_until TEXT, 
	PRIMARY KEY (thread_id)
);
INSERT INTO "threads" VALUES('34e05650-edd5-41a1-af3c-0611cd805a94','PAUSED_FOR_APPROVAL','C-1001','chat','refund of $240 for order LF-10482','2026-11-01T12:00:00.002Z','2026-11-01T12:00:00.023Z',1,NULL,NULL);
INSERT INTO "threads" VALUES('1e246425-4094-4707-bb43-29ce5a063be3','PAUSED_FOR_APPROVAL','C-1002','chat','a human please','2026-11-01T12:00:00.029Z','2026-11-01T12:00:00.053Z',1,NULL,NULL);
CREATE TABLE tickets (
	seq INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	turn_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	priority TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	status TEXT NOT NULL, 
	due_at TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE ("key")
);
INSERT INTO "tickets" VALUES(1,'3b45c7a0-659f-5b48-b436-29a63cb06f2b:escalation','1e246425-4094-4707-bb43-29ce5a063be3','3b45c7a0-659f-5b48-b436-29a63cb06f2b','escalation','normal','a human please','a human please

Articles looked at:
- How long does delivery take?

Conversation:
customer: a human please','open','2026-11-01T20:00:00.029Z','2026-11-01T12:00:00.046Z');
CREATE INDEX threads_by_update ON threads (updated_at);
CREATE INDEX inbox_by_thread ON inbox (thread_id, seq);
CREATE INDEX inbox_open ON inbox (status, seq) WHERE status IN ('waiting', 'running');
CREATE INDEX replies_by_thread ON replies (thread_id, seq);
CREATE INDEX reviews_by_thread ON reviews (thread_id, status);
CREATE INDEX reviews_queue ON reviews (status, due_at, seq);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE INDEX ledger_by_order ON ledger (order_number);
CREATE INDEX events_by_thread ON events (thread_id, seq);
COMMIT;