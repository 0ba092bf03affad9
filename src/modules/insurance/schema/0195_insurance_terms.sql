-- The hash of the product's own text on the day the policy was drafted: a change to another product of the pack, or to a
-- limit, leaves it. Policies from before have none; what is known of them is the hash of the whole pack.
ALTER TABLE insurance_policy ADD COLUMN terms_hash TEXT;
