//! The fence around what a run writes: a process that stood still for longer than its lease (a paused machine, a frozen container)
//! goes on where it was, without knowing that somebody else has taken the work meanwhile. What it writes then is refused.

use sqlx::query::Query;
use sqlx::{Any, AnyConnection, Connection as _, any::AnyArguments};

use super::{Key, Lease, Store, StoreError};

/// What is written: statements, each with its values.
pub(super) type Writes<'q> = Vec<Query<'q, Any, AnyArguments>>;

impl Store {
    /// Writes all of it or nothing, under the name of the method: nothing with [`StoreError::Lost`] when the lease is no longer the
    /// one that holds the work. A lease whose time is over, and that nobody has taken since, is good.
    pub(super) async fn fenced<K: Key>(
        &self,
        name: &'static str,
        lease: &Lease<K>,
        writes: impl Into<Writes<'_>>,
    ) -> Result<(), StoreError> {
        let writes = writes.into();
        self.write(name, async {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            if !is_held(&mut transaction, lease).await? && self.is_fenced {
                transaction.rollback().await?;
                return Err(StoreError::Lost);
            }
            for write in writes {
                write.execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            Ok(())
        })
        .await
    }
}

/// Whether the work is held by this lease. The row is locked by being written as it is, on either database: who wants to take
/// the work waits until the transaction is over, and then reads what was written in it.
pub(super) async fn is_held<K: Key>(connection: &mut AnyConnection, lease: &Lease<K>) -> Result<bool, StoreError> {
    let same = "UPDATE work SET lease_owner = lease_owner WHERE work_key = $1 AND lease_owner = $2 AND lease_number = $3";
    let query = sqlx::query(same).bind(lease.key.text().into_owned()).bind(&lease.owner).bind(lease.number);
    Ok(query.execute(connection).await?.rows_affected() == 1)
}
