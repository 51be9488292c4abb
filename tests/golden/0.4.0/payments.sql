BEGIN TRANSACTION;
CREATE TABLE payouts (
	number INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	amount_minor INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	order_number TEXT, 
	customer TEXT NOT NULL, 
	booked_at TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE ("key")
);
COMMIT;