//! Serves a made-up county, to look at it.
#![allow(warnings)]
#[path = "../tests/it/house.rs"]
mod house;
#[tokio::main]
async fn main() {
    let people = ["social_worker", "home_staff", "police_missing_unit", "missing_coordinator"];
    let house = house::House::with(web::Options::default()).await;
    let people = people.iter().filter_map(|r| house.county.people.iter().find(|p| p.role == *r)).map(|p| web::DemoPerson { username: p.username.clone(), password: house::PASSWORD.into(), name: p.name.clone(), role: p.role.replace('_', " ") }).collect();
    let options = web::Options { dev: true, notice: "Demonstration. Every person here is made up.".into(), people, ..web::Options::default() };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8392").await.unwrap();
    println!("ready");
    web::serve(listener, web::Site::new(house.app.clone(), options), std::future::pending()).await.unwrap();
}
