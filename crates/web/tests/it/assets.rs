//! Style sheet, scripts and icon.

use crate::house::{House, Page};
use axum::http::{Request, StatusCode, header};

async fn sign_in_page(house: &House) -> Page {
    house.visitor().get("/sign-in").await
}

#[tokio::test]
async fn what_a_page_names_is_there_and_may_be_kept_for_a_year() {
    let house = House::new().await;
    let page = sign_in_page(&house).await;
    let mut named = page.links("/assets/");
    named.extend(page.html.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(String::from));
    assert_eq!(named.len(), 3, "{named:?}");
    for address in named {
        let file = house.visitor().get(&address).await;
        assert_eq!(file.status, StatusCode::OK, "{address}");
        assert_eq!(file.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable", "{address}");
        assert!(file.headers.get(header::SET_COOKIE).is_none(), "{address}");
    }
}

#[tokio::test]
async fn the_script_is_one_file() {
    let house = House::new().await;
    let page = sign_in_page(&house).await;
    let app = page.html.split("src=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
    let script = house.visitor().get(&app).await;
    assert_eq!(script.headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    for elsewhere in ["import ", "import{", "import(", "sourceMappingURL"] {
        assert!(!script.html.contains(elsewhere), "{elsewhere}");
    }
}

#[tokio::test]
async fn an_older_page_still_gets_its_files_but_keeps_them_for_a_moment_only() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    let file = visitor.get("/assets/000000000000/app.css").await;
    assert_eq!(
        (file.status, file.headers[header::CACHE_CONTROL].to_str().unwrap()),
        (StatusCode::OK, "public, max-age=60")
    );
    for nothing in ["/assets/000000000000/nothing.css", "/assets/000000000000/..%2fCargo.toml"] {
        assert_eq!(visitor.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn the_style_sheet_has_no_brand_of_others_and_asks_nobody_else_for_anything() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    let css = visitor.get("/assets/0/app.css").await.html;
    for never in ["GDS Transport", "@font-face", "url(", "@import", "crest", "crown"] {
        assert!(!css.contains(never), "the style sheet holds {never}");
    }
    assert!(css.contains("@media print"));
}

#[tokio::test]
async fn a_first_visit_costs_less_than_sixty_kilobytes() {
    let house = House::new().await;
    let browser = house.browser("social_worker").await;
    let files = ["app.css", "app.js", "icon.svg"];
    let mut addresses: Vec<String> = files.iter().map(|file| format!("/assets/0/{file}")).collect();
    addresses.push("/board".into());
    let mut bytes = 0;
    for address in addresses {
        let request = Request::get(&address).header(header::ACCEPT_ENCODING, "gzip");
        bytes += browser.size(request).await;
    }
    assert!(bytes < 60_000, "{bytes} bytes");
}
