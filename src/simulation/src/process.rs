//! A process that is started again when it has died, on the store that it left behind.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use cosell_proxy::app::App;
use cosell_proxy::config::Config;
use cosell_proxy::net::Http;
use cosell_proxy::store::Store;
use cosell_proxy::surroundings::Surroundings;
use cosell_proxy::webhook::Receiver;
use reqwest::Client;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::courier::Certificates;
use crate::dice::Dice;
use crate::life::Life;
use crate::network::Wire;
use crate::protection::Sabotage;
use crate::world::World;

/// What every life of a process is made of.
pub(crate) struct Process {
    pub(crate) world: Arc<World>,
    pub(crate) config: Config,
    pub(crate) client: Client,
    pub(crate) store: Store,
    pub(crate) name: &'static str,
    pub(crate) seed: u64,
    pub(crate) door: Arc<Door>,
}

/// Where sellers and Partner Center reach a process; closed while it is dead or stands still.
#[derive(Debug, Default)]
pub(crate) struct Door(Mutex<Option<(Router, Arc<Life>)>>);

impl Door {
    /// The routes, if somebody serves them now.
    pub(crate) fn router(&self) -> Option<Router> {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.as_ref().filter(|(_, life)| !life.is_paused()).map(|(router, _)| router.clone())
    }

    fn open(&self, served: Option<(Router, Arc<Life>)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = served;
    }
}

impl Process {
    /// Lives, dies, and lives again, for as long as it is polled.
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let dice = Dice::new(self.seed, self.name.bytes().map(u64::from).sum());
        // Never says stop: these processes end otherwise.
        let (_stop, told) = watch::channel(false);
        for number in 1_u32.. {
            let life = Life::begin(format!("{}{number}", self.name), Arc::clone(&self.world));
            let app = self.app(&life, number)?;
            let (router, worker) = app.into_parts();
            let mut tasks = JoinSet::new();
            tasks.spawn(worker.work(told.clone()));
            self.door.open(Some((router, Arc::clone(&life))));
            life.over().await;
            self.door.open(None);
            drop(tasks);
            tokio::time::sleep(dice.between(500, 90_000)).await;
        }
        Ok(())
    }

    fn app(&self, life: &Arc<Life>, number: u32) -> anyhow::Result<App> {
        let name = if self.world.sabotage() == Some(Sabotage::OneName) { "one".to_owned() } else { life.name.clone() };
        let wire = Wire::new(Arc::clone(&self.world), Arc::clone(life));
        let purpose = self.name.bytes().map(u64::from).sum::<u64>() * 1_000 + u64::from(number);
        let surroundings = Surroundings {
            name,
            clock: Arc::new(self.world.clock),
            chance: Arc::new(Dice::new(self.seed, purpose)),
            http: Http::over(self.client.clone(), Arc::new(wire)),
        };
        let certificates = Arc::new(Certificates(surroundings.http.clone()));
        let receiver = Receiver::new(&self.config, Arc::clone(&surroundings.clock), certificates)?;
        let watched = Arc::clone(life);
        let store = match self.world.sabotage() {
            Some(Sabotage::NoFence) => self.store.clone().unfenced(),
            _ => self.store.clone(),
        };
        let store = store.watched(move |write, moment| watched.at_store(write, moment));
        Ok(App::within(&self.config, surroundings, store, Some(receiver))?)
    }
}
