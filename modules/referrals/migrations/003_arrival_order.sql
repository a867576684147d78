-- Lists by when referrals came, in both directions; by the deadline there are indexes already.
CREATE INDEX referrals_referral_came ON referrals_referral (unit, state, created, id);
CREATE INDEX referrals_referral_came_all ON referrals_referral (state, created, id);
