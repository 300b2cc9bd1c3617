//! TypeScript's view of what crosses as JSON. Checked by the TypeScript compiler in `tests/types`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");
