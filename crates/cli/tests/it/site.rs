//! The program as a server: started as its user would, spoken to over the network, and killed without a word.

use crate::run::root;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

pub use testkit::html;

/// A server that runs, until it is dropped.
pub struct Server {
    process: Child,
    /// Its address, such as `127.0.0.1:41234`.
    pub address: String,
    /// What it printed before it listened, and up to the end of what it said then.
    pub said: String,
    log: Arc<Mutex<String>>,
}

/// Keeps what a server writes to its log.
fn collect(lines: impl BufRead + Send + 'static, log: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in lines.lines().map_while(Result::ok) {
            let mut log = log.lock().unwrap();
            log.push_str(&line);
            log.push('\n');
        }
    });
}

/// The file of the key that seals what is on PostgreSQL.
pub fn sealing_key() -> String {
    std::env::temp_dir().join(format!("whereabouts-tests-{}.sealing-key", std::process::id())).display().to_string()
}

impl Server {
    /// Starts it, and waits until it listens. `last` is in the last line it prints then.
    pub fn start(args: &[&str], last: &str, environment: &[(&str, &str)]) -> Server {
        let mut process = Command::new(env!("CARGO_BIN_EXE_whereabouts"))
            .current_dir(root())
            .args(args)
            .env_remove("COLUMNS")
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        collect(BufReader::new(process.stderr.take().unwrap()), log.clone());
        let (send, lines) = mpsc::channel();
        let out = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        let mut said = String::new();
        loop {
            let Ok(line) = lines.recv_timeout(Duration::from_mins(1)) else {
                let _ = process.kill();
                panic!("the server does not come up; it said: {said}{}", log.lock().unwrap());
            };
            said.push_str(&line);
            said.push('\n');
            if line.contains(last) {
                break;
            }
        }
        let address = said.split("http://").nth(1).unwrap_or_default();
        let address = address.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default().to_string();
        Server { process, address, said, log }
    }

    /// A demonstration; `args` go to it.
    pub fn demo(args: &[&str]) -> Server {
        let mut all = vec!["demo", "--listen", "127.0.0.1:0"];
        all.extend(args);
        Server::start(&all, "Ctrl-C", &[])
    }

    /// A server on a database.
    pub fn serve(listen: &str, url: &str, args: &[&str]) -> Server {
        let mut all = vec!["serve", "--listen", listen, "--database-url", url];
        // Beside SQLite's file there is a place for it.
        let key = sealing_key();
        if url.starts_with("postgres") {
            all.extend(["--sealing-key", &key]);
        }
        all.extend(args);
        Server::start(&all, "Whereabouts is at", &[])
    }

    /// Did it end by itself, and how?
    pub fn ended(&mut self) -> Option<i32> {
        self.process.try_wait().unwrap().and_then(|status| status.code())
    }

    /// Kills it: it hears nothing of it beforehand.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Stops it as a service is stopped, and waits until it has ended by itself.
    pub fn stop(mut self) {
        let done = Command::new("kill").arg(self.process.id().to_string()).status().unwrap();
        assert!(done.success());
        for _ in 0..600 {
            if let Some(status) = self.process.try_wait().unwrap() {
                assert!(status.success());
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = self.process.kill();
        panic!("the server was asked to stop a minute ago; its log: {}", self.log.lock().unwrap());
    }

    /// What it has written to its log so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    pub fn browser(&self) -> Browser {
        Browser { address: self.address.clone(), cookies: BTreeMap::new() }
    }

    /// Somebody signed in.
    pub fn signed_in(&self, username: &str, password: &str) -> Browser {
        let mut browser = self.browser();
        let page = browser.get("/sign-in");
        let form = [("username", username), ("password", password)];
        let csrf = page.csrf();
        let answer = browser.post("/sign-in", &[&[("csrf", csrf.as_str())], &form[..]].concat());
        assert_eq!(answer.status, 303, "{username}: {}", answer.text());
        browser
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("the log of {}:\n{}", self.address, self.log());
        }
        // It clears away after itself, if it is asked to stop and not killed.
        if let Ok(None) = self.process.try_wait() {
            let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        }
        for _ in 0..200 {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser: it keeps its cookies.
#[derive(Clone)]
pub struct Browser {
    /// The server it speaks to.
    pub address: String,
    pub cookies: BTreeMap<String, String>,
}

/// An answer.
pub struct Page {
    pub status: u16,
    pub location: String,
    pub html: String,
}

impl Page {
    pub fn text(&self) -> String {
        html::text(&self.html)
    }

    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    pub fn csrf(&self) -> String {
        html::form(&self.html).into_iter().find(|(name, _)| name == "csrf").map(|(_, v)| v).unwrap_or_default()
    }

    /// The form of the page with these answers in it.
    pub fn filled(&self, answers: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut pairs = html::form(&self.html);
        pairs.retain(|(name, _)| !answers.iter().any(|(known, _)| known == name));
        let mut seen = Vec::new();
        pairs.retain(|(name, _)| {
            let first = name != "csrf" || !seen.contains(name);
            seen.push(name.clone());
            first
        });
        pairs.extend(answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        pairs
    }
}

impl Browser {
    /// What the next page will say over its heading, as the cookie has it.
    pub fn flash(&self) -> String {
        self.cookies.get("flash").cloned().unwrap_or_default().replace('+', " ").replace("%3A", ":")
    }

    /// Opens a page.
    pub fn get(&mut self, path: &str) -> Page {
        let request = self.request("GET", path, "");
        self.exchange(&request).unwrap()
    }

    /// The same, where the server may be gone.
    pub fn try_get(&mut self, path: &str) -> Option<Page> {
        let request = self.request("GET", path, "");
        self.exchange(&request)
    }

    /// Sends a form.
    pub fn post<N: AsRef<str>, V: AsRef<str>>(&mut self, path: &str, pairs: &[(N, V)]) -> Page {
        self.try_post(path, pairs).unwrap()
    }

    /// The same, where the server may be gone: none if no answer came.
    pub fn try_post<N: AsRef<str>, V: AsRef<str>>(&mut self, path: &str, pairs: &[(N, V)]) -> Option<Page> {
        let body: Vec<String> =
            pairs.iter().map(|(n, v)| format!("{}={}", escaped(n.as_ref()), escaped(v.as_ref()))).collect();
        let request = self.request("POST", path, &body.join("&"));
        self.exchange(&request)
    }

    fn request(&self, method: &str, path: &str, body: &str) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: {}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        )
    }

    fn exchange(&mut self, request: &str) -> Option<Page> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(request.as_bytes()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, v)| v.to_string()).collect::<Vec<_>>()
        };
        for cookie in header("set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap_or_default().split_once('=')?;
            self.cookies.insert(name.into(), value.into());
        }
        let location = header("location").pop().unwrap_or_default();
        Some(Page { status, location, html: body.to_string() })
    }
}

fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}
