//! What the background asks of AWS with credentials that it holds: signed requests, and what their answers say.
