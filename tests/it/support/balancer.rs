//! One address in front of several processes, as a proxy is in front of replicas.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

use super::test_app::any_port;

/// Passes each connection on to the next process that takes it; those that take none are skipped.
pub struct Balancer {
    address: SocketAddr,
    backends: Backends,
    task: JoinHandle<()>,
}

type Backends = Arc<Mutex<Vec<SocketAddr>>>;

impl Balancer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind(any_port()).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let backends = Backends::default();
        let task = tokio::spawn(balance(listener, backends.clone()));
        Self { address, backends, task }
    }

    pub fn url(&self) -> Url {
        Url::parse(&format!("http://{}/", self.address)).expect("an address")
    }

    /// A process takes connections from now on.
    pub fn add(&self, address: SocketAddr) {
        let mut backends = self.backends.lock().expect("no panic under this lock");
        if !backends.contains(&address) {
            backends.push(address);
        }
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn balance(listener: TcpListener, backends: Backends) {
    let mut turn = 0;
    loop {
        let Ok((mut client, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        turn += 1;
        let mut all = backends.lock().expect("no panic under this lock").clone();
        let first = turn % all.len().max(1);
        all.rotate_left(first);
        tokio::spawn(async move {
            for backend in all {
                // A process that is down refuses at once on loopback.
                if let Ok(mut process) = TcpStream::connect(backend).await {
                    drop(client.set_nodelay(true));
                    drop(process.set_nodelay(true));
                    drop(copy_bidirectional(&mut client, &mut process).await);
                    return;
                }
            }
        });
    }
}
