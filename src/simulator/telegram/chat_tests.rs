//! Proofs of the chat: sending, editing, tapping, over real sockets.

use serde_json::{Value, json};

use super::*;

pub(super) const TOKEN: &str = "4242:AA-pretend_token";

/// A running pretend Telegram, one person, and a bot that calls by hand.
pub(super) struct Stage {
    pub(super) telegram: RunningTelegram,
    pub(super) ani: Phone,
    http: reqwest::Client,
}

impl Stage {
    pub(super) async fn open() -> Self {
        let telegram = TelegramSimulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
        let ani = telegram.simulator.person(Person::named(1001, "Ani", "id"));
        Self { telegram, ani, http: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    pub(super) async fn try_call(&self, method: &str, body: &Value) -> Result<Value, reqwest::Error> {
        let url = format!("{}/bot{TOKEN}/{method}", self.telegram.url);
        self.http.post(url).json(body).send().await?.json().await
    }

    pub(super) async fn call(&self, method: &str, body: Value) -> Value {
        self.try_call(method, &body).await.unwrap()
    }

    pub(super) async fn result(&self, method: &str, body: Value) -> Value {
        let answer = self.call(method, body).await;
        assert_eq!(answer["ok"], json!(true), "{answer}");
        answer["result"].clone()
    }

    pub(super) async fn refusal(&self, method: &str, body: Value) -> String {
        let answer = self.call(method, body).await;
        assert_eq!(answer["ok"], json!(false), "{answer}");
        answer["description"].as_str().unwrap().to_owned()
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> reqwest::Response {
        self.http.post(format!("{}{path}", self.telegram.url)).json(body).send().await.unwrap()
    }

    pub(super) async fn get(&self, path: &str) -> reqwest::Response {
        self.http.get(format!("{}{path}", self.telegram.url)).send().await.unwrap()
    }
}

fn say(text: &str) -> Value {
    json!({ "chat_id": 1001, "text": text, "parse_mode": "HTML" })
}

#[tokio::test]
async fn a_person_sees_what_the_bot_sends_and_edits() {
    let stage = Stage::open().await;
    assert_eq!(stage.ani.transcript(), "", "looking at the phone starts nothing");
    assert_eq!(stage.refusal("sendMessage", say("too early")).await, "Bad Request: chat not found");
    stage.ani.says("/start");
    let mut body = say("<b>Kaos</b> &amp; topi");
    body["reply_markup"] = json!({ "inline_keyboard": [[{ "text": "✅ Buat", "callback_data": "v1:yes" }]] });
    let sent = stage.result("SendMessage", body.clone()).await;
    assert_eq!(sent["text"], json!("Kaos & topi"));
    assert_eq!(sent["entities"], json!([{ "type": "bold", "offset": 0, "length": 4 }]));
    assert_eq!(sent["from"]["is_bot"], json!(true));
    assert_eq!(stage.ani.transcript(), "Ani: /start\nBot: Kaos & topi\n  [✅ Buat]\n");
    body["message_id"] = sent["message_id"].clone();
    assert!(
        stage
            .refusal("editMessageText", body.clone())
            .await
            .starts_with("Bad Request: message is not modified:")
    );
    body["text"] = json!("Selesai");
    body["reply_markup"] = Value::Null;
    let edited = stage.result("editMessageText", body.clone()).await;
    assert!(edited["edit_date"].is_i64() && edited.get("reply_markup").is_none());
    let shown = stage.ani.messages().pop().unwrap();
    assert!(shown.edited && shown.buttons.is_empty() && shown.text == "Selesai");
    stage.result("deleteMessage", json!({ "chat_id": "1001", "message_id": sent["message_id"] })).await;
    assert_eq!(stage.refusal("editMessageText", body).await, "Bad Request: message to edit not found");
}

#[tokio::test]
async fn texts_are_measured_after_parsing() {
    let stage = Stage::open().await;
    stage.ani.says("/start");
    stage.result("sendMessage", say(&format!("<b>{}</b>", "a".repeat(4096)))).await;
    stage.result("sendMessage", say(&"💰".repeat(2048))).await;
    assert_eq!(
        stage.refusal("sendMessage", say(&"💰".repeat(2049))).await,
        "Bad Request: message is too long"
    );
    assert_eq!(stage.refusal("sendMessage", say("<b> </b>")).await, "Bad Request: message text is empty");
    assert_eq!(
        stage.refusal("sendMessage", say("1 < 2")).await,
        "Bad Request: can't parse entities: Unsupported start tag \"\" at byte offset 2"
    );
    assert_eq!(stage.refusal("sendMessage", json!({ "text": "x" })).await, "Bad Request: chat_id is empty");
}

#[tokio::test]
async fn taps_are_answered_once_in_time() {
    let stage = Stage::open().await;
    stage.ani.says("/start");
    let mut body = say("?");
    body["reply_markup"] = json!({ "inline_keyboard": [[
        { "text": "Ya", "callback_data": "yes" }, { "text": "Toko", "url": "https://a.example" },
    ]] });
    stage.result("sendMessage", body).await;
    assert!(stage.ani.presses("Tidak").is_err());
    assert!(stage.ani.presses("Toko").is_err(), "a link tells the bot nothing");
    stage.ani.presses("Ya").unwrap();
    let updates = stage.result("getUpdates", json!({})).await;
    let query = &updates[1]["callback_query"];
    assert_eq!(query["data"], json!("yes"));
    assert_eq!(query["message"]["text"], json!("?"));
    assert_eq!(stage.ani.unanswered_taps().len(), 1);
    let answer = json!({ "callback_query_id": query["id"], "text": "Siap", "show_alert": true });
    stage.result("answerCallbackQuery", answer.clone()).await;
    let toasts = stage.ani.toasts();
    assert!(toasts[0].alert && toasts[0].text == "Siap" && stage.ani.unanswered_taps().is_empty());
    let long = json!({ "callback_query_id": query["id"], "text": "x".repeat(201) });
    assert_eq!(stage.refusal("answerCallbackQuery", long).await, "Bad Request: MESSAGE_TOO_LONG");
    stage.telegram.simulator.expire_taps();
    assert_eq!(
        stage.refusal("answerCallbackQuery", answer).await,
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    );
    stage.ani.presses_data(5, "forged");
    let updates = stage.result("getUpdates", json!({ "offset": -1 })).await;
    assert_eq!(updates[0]["callback_query"]["message"]["date"], json!(0));
}

#[tokio::test]
async fn inline_queries_are_offered_articles() {
    let stage = Stage::open().await;
    stage.ani.asks_inline("kaos");
    let updates = stage.result("getUpdates", json!({})).await;
    let query = &updates[0]["inline_query"];
    assert_eq!(query["query"], json!("kaos"));
    let content = json!({ "message_text": "Kaos" });
    let article = json!({ "type": "article", "id": "1", "title": "Kaos", "input_message_content": content });
    let twice = json!({ "inline_query_id": query["id"], "results": [article, article] });
    assert_eq!(stage.refusal("answerInlineQuery", twice).await, "Bad Request: RESULT_ID_DUPLICATE");
    stage.result("answerInlineQuery", json!({ "inline_query_id": query["id"], "results": [article] })).await;
    assert_eq!(stage.ani.offered(), [article]);
}

#[tokio::test]
async fn pictures_come_by_form_and_are_shown_again_by_id() {
    let stage = Stage::open().await;
    stage.ani.says("/start");
    let mut png = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R'];
    png.extend([0, 0, 2, 88, 0, 0, 2, 88]);
    let mut form =
        b"--xx\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n1001\r\n--xx\r\n".to_vec();
    form.extend(b"Content-Disposition: form-data; name=\"photo\"\r\n\r\nattach://one\r\n--xx\r\n");
    form.extend(b"Content-Disposition: form-data; name=\"one\"; filename=\"qr.png\"\r\nContent-Type: image/png\r\n\r\n");
    form.extend(&png);
    form.extend(b"\r\n--xx--\r\n");
    let url = format!("{}/bot{TOKEN}/SendPhoto", stage.telegram.url);
    let request = stage.http.post(url).header("content-type", "multipart/form-data; boundary=xx").body(form);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["result"]["photo"][0]["width"], json!(600), "{answer}");
    let again = json!({ "chat_id": 1001, "photo": answer["result"]["photo"][0]["file_id"], "caption": "QR" });
    assert_eq!(stage.result("sendPhoto", again).await["caption"], json!("QR"));
    let file = stage.ani.messages().pop().unwrap().file.unwrap();
    let shown = stage.get(&format!("/phone/1001/files/{}", file.number)).await;
    assert_eq!(shown.headers()["content-type"], "image/png");
    assert_eq!(shown.bytes().await.unwrap(), png);
    assert_eq!(
        stage.get(&format!("/phone/1002/files/{}", file.number)).await.status(),
        404,
        "not in that chat"
    );
    assert_eq!(stage.telegram.simulator.calls_of("sendPhoto")[0].body["one"]["size"], json!(24));
}

#[tokio::test]
async fn the_page_is_a_phone() {
    let stage = Stage::open().await;
    let page = stage.get("/phone/77?name=Budi%20%3Cb%3E&lang=id").await;
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let nonce = policy.split("script-src 'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    let text = page.text().await.unwrap();
    assert!(text.contains(&format!("<script nonce=\"{nonce}\"")) && !text.contains("{{"));
    assert!(stage.post("/phone/77/says", &json!({ "text": "halo" })).await.status().is_success());
    assert_eq!(stage.post("/phone/77/says", &json!({ "text": " " })).await.status(), 422);
    let updates = stage.result("getUpdates", json!({})).await;
    assert_eq!(updates[0]["message"]["from"]["first_name"], json!("Budi <b>"));
    assert_eq!(updates[0]["message"]["from"]["language_code"], json!("id"));
    let sends = async |bytes: &'static [u8]| {
        let url = format!("{}/phone/77/pictures?caption=kaos%2075rb", stage.telegram.url);
        stage.http.post(url).body(bytes).send().await.unwrap().status()
    };
    assert_eq!(sends(b"\x89PNG").await, 422);
    assert!(sends(b"\xff\xd8\xff\xd9").await.is_success());
    let updates = stage.result("getUpdates", json!({})).await;
    assert_eq!(updates.as_array().unwrap().last().unwrap()["message"]["caption"], json!("kaos 75rb"));
    let mut stream = stage.get("/phone/77/events").await;
    let first = stream.chunk().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("\"halo\""));
    stage.post("/phone/77/presses", &json!({ "message_id": 1, "data": "x" })).await;
    let second = stream.chunk().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&second).contains("\"waiting\":[{"));
    drop(stream);
    stage.telegram.stop().await;
}

#[tokio::test]
async fn a_bot_fetches_what_a_person_sent_and_nothing_else() {
    let stage = Stage::open().await;
    let jpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 3, 0xc0, 5, 0, 1, 1, 0x11, 0, 0xff, 0xd9];
    stage.result("getMe", json!({})).await;
    stage.ani.sends_picture(&jpeg, "kaos");
    let updates = stage.result("getUpdates", json!({})).await;
    let message = &updates[0]["message"];
    assert_eq!(message["caption"], json!("kaos"));
    let largest = message["photo"].as_array().unwrap().last().unwrap();
    assert_eq!((largest["width"].as_i64(), largest["height"].as_i64()), (Some(1280), Some(960)));

    let path = format!("/file/bot{TOKEN}/photos/file_1.jpg");
    assert_eq!(stage.get(&path).await.status(), 404, "only a path that was given out leads somewhere");
    let file = stage.result("getFile", json!({ "file_id": largest["file_id"] })).await;
    let path = format!("/file/bot{TOKEN}/{}", file["file_path"].as_str().unwrap());
    assert_eq!(stage.get(&path).await.bytes().await.unwrap().as_ref(), jpeg);
    let elsewhere = path.replace(TOKEN, "99:other");
    assert_eq!(stage.get(&elsewhere).await.status(), 404);
    assert_eq!(stage.refusal("getFile", json!({ "file_id": "AgAC" })).await, "Bad Request: invalid file_id");
}
