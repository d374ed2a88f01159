//! One connection that is kept open, and its cookies: what a browser does of HTTP.

use crate::Fault;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use std::net::{IpAddr, SocketAddr};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc;

/// How a browser connects.
#[derive(Clone, Copy, Default)]
pub struct How {
    /// From this address of this machine, or from any.
    pub from: Option<IpAddr>,
    /// Each request comes over a connection of its own, as from somebody who opens a page now and then.
    pub each_anew: bool,
}

pub struct Browser {
    address: String,
    how: How,
    line: SendRequest<Full<Bytes>>,
    cookies: Vec<(String, String)>,
}

pub struct Page {
    pub status: u16,
    pub location: String,
    pub html: String,
}

impl Browser {
    pub async fn new(address: &str, how: How) -> Result<Browser, Fault> {
        Ok(Browser { address: address.into(), how, line: connect(address, how).await?, cookies: Vec::new() })
    }

    pub async fn get(&mut self, path: &str) -> Result<Page, Fault> {
        self.send("GET", path, String::new()).await
    }

    pub async fn post(&mut self, path: &str, pairs: &[(String, String)]) -> Result<Page, Fault> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.send("POST", path, body).await
    }

    /// Opens a stream of events on a connection of its own, as a page does that keeps itself fresh. What comes is counted, in bytes.
    pub async fn listen(&self, path: &str) -> Result<mpsc::UnboundedReceiver<usize>, Fault> {
        let mut line = connect(&self.address, self.how).await?;
        let request = Request::builder()
            .uri(path)
            .header(header::HOST, &self.address)
            .header(header::ACCEPT_ENCODING, "identity")
            .header(header::COOKIE, self.cookie())
            .body(Full::new(Bytes::new()))?;
        let answer = line.send_request(request).await?;
        if answer.status() != 200 {
            return Err(format!("{path}: {}", answer.status()).into());
        }
        let (told, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let (_line, mut body) = (line, answer.into_body());
            while let Some(Ok(frame)) = body.frame().await {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                if told.send(bytes).is_err() {
                    return;
                }
            }
        });
        Ok(heard)
    }

    fn cookie(&self) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        cookies.join("; ")
    }

    async fn send(&mut self, method: &str, path: &str, body: String) -> Result<Page, Fault> {
        if self.how.each_anew || self.line.ready().await.is_err() {
            self.line = connect(&self.address, self.how).await?;
        }
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.address)
            .header(header::ACCEPT_ENCODING, "identity")
            .header(header::COOKIE, self.cookie())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(body)))?;
        let answer = self.line.send_request(request).await?;
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.retain(|(known, _)| known != name);
                self.cookies.push((name.into(), value.into()));
            }
        }
        let location =
            answer.headers().get(header::LOCATION).and_then(|l| l.to_str().ok()).unwrap_or_default().to_owned();
        let status = answer.status().as_u16();
        let bytes = answer.into_body().collect().await?.to_bytes();
        Ok(Page { status, location, html: String::from_utf8_lossy(&bytes).into_owned() })
    }
}

/// A connection that says nothing yet.
pub async fn open(address: &str, from: Option<IpAddr>) -> Result<TcpStream, Fault> {
    let address: SocketAddr = address.parse()?;
    let socket = TcpSocket::new_v4()?;
    if let Some(from) = from {
        socket.bind(SocketAddr::new(from, 0))?;
    }
    Ok(socket.connect(address).await?)
}

async fn connect(address: &str, how: How) -> Result<SendRequest<Full<Bytes>>, Fault> {
    let stream = open(address, how.from).await?;
    stream.set_nodelay(true)?;
    let (line, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(line)
}
