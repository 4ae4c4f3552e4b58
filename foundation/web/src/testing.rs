//! A house on each database and a browser that needs no socket, for the tests of capabilities.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use stour_access::audit::{AuditEntry, AuditTrail};
use stour_access::user::{self, NewUser, UserError};
use stour_access::{Access, Policies, Purpose, SessionLimits, cookie, session};
use stour_database::testing::each_database;
use stour_database::{Database, Migrations};
use stour_kernel::{Environment, FixedClock, OdsCode, PersonId, SeededRandomness, UserId};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use crate::capability::Capability;
use crate::house::{House, Parts, Settings};
use crate::router::router;

/// The moment at which every test house begins.
pub const NOW: &str = "2026-11-24T09:00:00Z";

/// A house with its router, fresh for one test.
pub struct Site {
    house: House,
    router: Router,
    clock: Arc<FixedClock>,
    runtime: Runtime,
    users: AtomicU32,
}

/// Runs a test on a fresh house on SQLite and on another on PostgreSQL, the partnership loaded.
///
/// # Panics
/// When a house cannot be built: the test has failed.
#[expect(clippy::expect_used, reason = "a test without a house has failed")]
pub fn each_house(capabilities: impl Fn() -> Vec<Capability>, test: impl Fn(Site)) {
    let mut migrations: Vec<Migrations> = foundation_migrations();
    migrations.extend(
        capabilities()
            .iter()
            .flat_map(|capability| capability.migrations.clone()),
    );
    each_database(&migrations, |database| {
        let clock = Arc::new(FixedClock::new(NOW.parse().expect("a timestamp")));
        let environment = Environment::new(clock.clone(), Arc::new(SeededRandomness::new(1)));
        let reference = stour_partnership::reference().expect("the reference data");
        database
            .write_blocking(move |tx| stour_partnership::load(tx, reference))
            .expect("the partnership");
        test(Site::new(database, environment, clock, capabilities()));
    });
}

/// The tables that every house has.
pub fn foundation_migrations() -> Vec<Migrations> {
    vec![
        stour_partnership::MIGRATIONS,
        stour_facts::MIGRATIONS,
        stour_access::MIGRATIONS,
    ]
}

impl Site {
    #[expect(clippy::expect_used, reason = "a test without a house has failed")]
    fn new(
        database: Database,
        environment: Environment,
        clock: Arc<FixedClock>,
        capabilities: Vec<Capability>,
    ) -> Self {
        let policies = Policies::embedded().expect("the policies");
        let trail =
            AuditTrail::start(database.clone(), environment.clone(), None).expect("the audit");
        let access = Access::new(policies, trail);
        let parts = Parts {
            database,
            access,
            environment,
            settings: Settings::default(),
        };
        let house = House::new(parts, &capabilities);
        let router = router(&house, capabilities).expect("every route has an action");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        Self {
            house,
            router,
            clock,
            runtime: runtime.expect("a runtime"),
            users: AtomicU32::new(0),
        }
    }

    /// The same house, set up in another way.
    ///
    /// # Panics
    /// When a route has no action.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test without a house has failed")]
    pub fn set_up(self, settings: Settings, capabilities: Vec<Capability>) -> Self {
        let parts = Parts {
            database: self.database().clone(),
            access: self.house.access().clone(),
            environment: self.environment().clone(),
            settings,
        };
        let house = House::new(parts, &capabilities);
        let router = router(&house, capabilities).expect("every route has an action");
        Self {
            house,
            router,
            ..self
        }
    }

    /// The house.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// Its database.
    pub fn database(&self) -> &Database {
        self.house.database()
    }

    /// Its clock, randomness and identity.
    pub fn environment(&self) -> &Environment {
        self.house.environment()
    }

    /// Its clock, to be moved.
    pub fn clock(&self) -> &FixedClock {
        &self.clock
    }

    /// A browser in which somebody with this role is signed in, at an organisation that has such
    /// people: University Hospitals Dorset for a ward or records, Dorset HealthCare for community staff, NHS
    /// Dorset for officers, BCP Council for the rest.
    ///
    /// # Panics
    /// When the user cannot be made.
    pub fn browser(&self, role: &str) -> Browser<'_> {
        let organisation = match role {
            "ward" | "records" => "R0D",
            "community" | "transfer-hub" => "RDY",
            "chief-officer" | "analyst" | "service-manager" | "governance" | "administrator" => {
                "QVV"
            }
            _ => "E06000058",
        };
        self.browser_as(&[role], organisation, None)
    }

    /// A browser in which a new user with these roles is signed in; `person` for a resident's own
    /// record.
    ///
    /// # Panics
    /// When the user cannot be made.
    #[expect(clippy::expect_used, reason = "a test without a user has failed")]
    pub fn browser_as(
        &self,
        roles: &[&str],
        organisation: &str,
        person: Option<PersonId>,
    ) -> Browser<'_> {
        let number = self.users.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}", roles.first().unwrap_or(&"nobody"));
        let organisation: OdsCode = organisation.parse().expect("an organisation code");
        let new = NewUser {
            sign_in_name: name.clone(),
            display_name: format!("Test {name}"),
            organisation,
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            teams: Vec::new(),
            locality: None,
            person,
        };
        let (environment, limits) = (self.environment().clone(), SessionLimits::default());
        let made = self.database().write_blocking(move |tx| {
            let by = || AuditEntry::by_nobody("test", "user.manage", Purpose::System);
            let user = user::create(tx, &environment, by(), &new)?;
            let token = session::start(tx, &environment, limits, by(), user, ("test", None))?;
            let found = session::find(tx, &environment, limits, &token)?;
            Ok::<_, UserError>((user, token, found.map(|(_, session)| session.csrf_token())))
        });
        let (user, token, csrf) = made.expect("a user");
        let mut browser = Browser {
            site: self,
            cookies: BTreeMap::new(),
            csrf,
            user: Some(user),
            last_key: 0,
        };
        browser.cookies.insert(cookie::COOKIE.to_owned(), token);
        browser
    }

    /// A browser in which nobody is signed in.
    pub fn stranger(&self) -> Browser<'_> {
        Browser {
            site: self,
            cookies: BTreeMap::new(),
            csrf: None,
            user: None,
            last_key: 0,
        }
    }
}

/// A browser that remembers cookies and asks the router directly.
pub struct Browser<'s> {
    site: &'s Site,
    cookies: BTreeMap<String, String>,
    csrf: Option<String>,
    user: Option<UserId>,
    last_key: u32,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Browser<'_> {
    /// The account that is signed in.
    pub fn user(&self) -> Option<UserId> {
        self.user
    }

    /// Opens a page.
    pub fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], String::new())
    }

    /// Opens a page and reads it as JSON.
    ///
    /// # Panics
    /// When the answer is not JSON.
    #[expect(
        clippy::expect_used,
        reason = "an answer that is not JSON has failed the test"
    )]
    pub fn get_json(&mut self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.get(path).body).expect("JSON")
    }

    /// Fills in a form and sends it, with the token and a fresh key as a page would.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.last_key += 1;
        self.post_again(path, fields)
    }

    /// Sends a form with the key of the one before: as if the button had been pressed twice.
    pub fn post_again(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.token())
            .append_pair("request-key", &self.key());
        form.extend_pairs(fields);
        let kind = (
            "content-type",
            "application/x-www-form-urlencoded".to_owned(),
        );
        self.send(Method::POST, path, &[kind], form.finish())
    }

    /// Fills in a form with a file, of a field, a name and bytes, and sends it.
    pub fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Answer {
        self.last_key += 1;
        self.upload_again(path, fields, file)
    }

    /// Sends a form with a file with the key of the one before.
    pub fn upload_again(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Answer {
        let (token, key) = (self.token(), self.key());
        let hidden = [("csrf", token.as_str()), ("request-key", key.as_str())];
        let mut body = Vec::new();
        for (field, value) in hidden.iter().chain(fields) {
            let head = "--end\r\nContent-Disposition: form-data; name=";
            body.extend(format!("{head}\"{field}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        let head = format!(
            "--end\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n--end--\r\n");
        let kind = (
            "content-type",
            "multipart/form-data; boundary=end".to_owned(),
        );
        self.send_bytes(Method::POST, path, &[kind], body)
    }

    /// Sends JSON, with the token and a fresh key.
    pub fn post_json(&mut self, path: &str, body: &serde_json::Value) -> Answer {
        self.last_key += 1;
        self.post_json_again(path, body)
    }

    /// Sends JSON with the key of the one before.
    pub fn post_json_again(&mut self, path: &str, body: &serde_json::Value) -> Answer {
        self.send_json(Method::POST, path, &[], body)
    }

    /// Changes something by JSON at the version that was seen.
    pub fn put_json(
        &mut self,
        path: &str,
        version: Option<&str>,
        body: &serde_json::Value,
    ) -> Answer {
        self.last_key += 1;
        let version: Vec<_> = version
            .map(|version| ("if-match", version.to_owned()))
            .into_iter()
            .collect();
        self.send_json(Method::PUT, path, &version, body)
    }

    fn send_json(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, String)],
        body: &serde_json::Value,
    ) -> Answer {
        let mut all = vec![
            ("content-type", "application/json".to_owned()),
            ("x-csrf-token", self.token()),
            ("idempotency-key", self.key()),
        ];
        all.extend(headers.iter().cloned());
        self.send(method, path, &all, body.to_string())
    }

    fn key(&self) -> String {
        format!("test-key-{}", self.last_key)
    }

    /// The token that this session's forms carry.
    fn token(&self) -> String {
        self.csrf.clone().unwrap_or_default()
    }

    /// Sends any request.
    ///
    /// # Panics
    /// When the request itself cannot be made.
    pub fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, String)],
        body: String,
    ) -> Answer {
        self.send_bytes(method, path, headers, body.into_bytes())
    }

    /// Sends any request whose body need not be text.
    ///
    /// # Panics
    /// When the request itself cannot be made.
    #[expect(
        clippy::expect_used,
        reason = "a request that cannot be made has failed the test"
    )]
    pub fn send_bytes(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, String)],
        body: Vec<u8>,
    ) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "stour.test");
        request = request.header(header::ORIGIN, "https://stour.test");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let router = self.site.router.clone();
        let answer = self.site.runtime.block_on(async move {
            let response = router.oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX)
                .await
                .expect("a body");
            Answer {
                status: parts.status,
                headers: parts.headers,
                body: String::from_utf8_lossy(&bytes).into_owned(),
            }
        });
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            if let Some((name, value)) = cookie
                .to_str()
                .ok()
                .and_then(|text| text.split(';').next()?.split_once('='))
            {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

impl Answer {
    /// Where the answer leads.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The entity tag.
    pub fn tag(&self) -> &str {
        self.headers
            .get(header::ETAG)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is not.
    #[expect(
        clippy::expect_used,
        reason = "an answer that is not JSON has failed the test"
    )]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// Whether the body holds this text.
    pub fn shows(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}
