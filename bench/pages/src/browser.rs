//! One connection that is kept open, and one cookie: what a browser does of HTTP.

use crate::Fault;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

pub struct Browser {
    address: String,
    line: SendRequest<Full<Bytes>>,
    cookies: Vec<(String, String)>,
}

pub struct Page {
    pub status: u16,
    pub location: String,
    pub html: String,
}

impl Browser {
    pub async fn new(address: &str) -> Result<Browser, Fault> {
        Ok(Browser { address: address.into(), line: connect(address).await?, cookies: Vec::new() })
    }

    pub async fn get(&mut self, path: &str) -> Result<Page, Fault> {
        self.send("GET", path, String::new()).await
    }

    pub async fn post(&mut self, path: &str, pairs: &[(String, String)]) -> Result<Page, Fault> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.send("POST", path, body).await
    }

    async fn send(&mut self, method: &str, path: &str, body: String) -> Result<Page, Fault> {
        if self.line.ready().await.is_err() {
            self.line = connect(&self.address).await?;
        }
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.address)
            .header(header::ACCEPT_ENCODING, "identity")
            .header(header::COOKIE, cookies.join("; "))
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

async fn connect(address: &str) -> Result<SendRequest<Full<Bytes>>, Fault> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (line, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(line)
}
