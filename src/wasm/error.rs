//! A failure of the core as a JavaScript error: `Error { name: "RolecallError", message: code, code, text, hint, aws }`.

use wasm_bindgen::JsValue;

use super::wire;
use crate::view::Failure;

/// The error to throw for a fact of the core. It holds a code, message keys and AWS's own words; never a part of the response.
pub(super) fn thrown<'a, E>(error: &'a E) -> JsValue
where
    Failure: From<&'a E>,
{
    throw(&Failure::from(error))
}

/// The error to throw for a failure that is worded already.
pub(super) fn throw(failure: &Failure) -> JsValue {
    let error = js_sys::Error::new(failure.code);
    error.set_name("RolecallError");
    match wire::write(failure) {
        Ok(fields) => js_sys::Object::assign(&error, &fields.into()).into(),
        Err(unwritable) => unwritable,
    }
}
