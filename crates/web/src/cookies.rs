//! Cookies: which there are, how they are read and written.

use axum::http::{HeaderMap, HeaderValue, header};

/// The cookie of the session. With the prefix a browser takes it from this very host only, and only over TLS.
pub fn session_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

/// The cookie of whoever is not signed in: the forms before a session are bound to it, and not to a session that may be gone by then.
pub fn visitor_name(secure: bool) -> &'static str {
    if secure { "__Host-visitor" } else { "visitor" }
}

/// The cookie of a message for the next page.
pub fn flash_name(secure: bool) -> &'static str {
    if secure { "__Host-flash" } else { "flash" }
}

/// The cookie by which a browser is known to have been signed in before.
pub fn device_name(secure: bool) -> &'static str {
    if secure { "__Host-device" } else { "device" }
}

/// The cookie that says that a form was refused in this session: nobody else's pages ask for what was typed.
pub fn refused_name(secure: bool) -> &'static str {
    if secure { "__Host-refused" } else { "refused" }
}

/// What a cookie holds.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Writes a cookie that stays for three months.
pub fn write_for_long(headers: &mut HeaderMap, name: &str, value: &str, secure: bool) {
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}", 90 * 24 * 60 * 60);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// Writes a cookie that ends with the browser; an empty one is taken away.
pub fn write(headers: &mut HeaderMap, name: &str, value: &str, secure: bool) {
    let secure = if secure { "; Secure" } else { "" };
    let end = if value.is_empty() { "; Max-Age=0" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{end}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}
