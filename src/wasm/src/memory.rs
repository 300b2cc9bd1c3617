//! The module's allocator: small to load, constant time for every call, and gives freed memory out again.

use rlsf::SmallGlobalTlsf;

#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();
