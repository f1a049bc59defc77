//! Inline mode: a person types `@bot words` anywhere, the bot offers articles.

use serde_json::{Value, json};

use super::{
    bot_api::Answer, journal::unix_seconds, keyboard::Markup, message::ShownMessage, params::Params,
    phone::Phone, refusal::Refusal, sending, world::World,
};

impl Phone {
    /// Types `@bot` and these words in some chat; gives the id of the update.
    pub fn asks_inline(&self, words: &str) -> i64 {
        self.change(|world, token| {
            world.chat(token, self.id()).offered.clear();
            let id = rand::random_range(1_u64 << 60..1 << 62).to_string();
            world.inline_queries.insert(id.clone(), (token.to_owned(), self.id()));
            let from = world.person(self.id()).to_user();
            let query =
                json!({ "id": id, "from": from, "query": words, "offset": "", "chat_type": "sender" });
            world.queue(token, self.id(), "inline_query", query)
        })
    }

    /// What the bot offered for the latest inline query, as it wrote it; the button on top, if
    /// any, comes last under `"button"`.
    pub fn offered(&self) -> Vec<Value> {
        self.look(|world, token| world.chat(token, self.id()).offered.clone())
    }

    /// Sends an offered article into another chat; gives Telegram's handle of the message, which there is only
    /// with a keyboard.
    ///
    /// # Panics
    /// When no article of that id is offered.
    pub fn chooses(&self, article_id: &str) -> Option<String> {
        let offered = self.offered();
        let article = offered.iter().find(|article| article["id"] == article_id).expect("an offered article");
        self.change(|world, token| {
            let message = message_of(article).expect("it was checked when it was offered");
            let has_buttons = message.inline_markup.is_some();
            let from = world.person(self.id()).to_user();
            let mut chosen = json!({ "result_id": article_id, "from": from, "query": "" });
            let handle = has_buttons.then(|| format!("CAAAA{:x}", rand::random::<u64>()));
            if let Some(handle) = &handle {
                chosen["inline_message_id"] = json!(handle);
                world.inline_messages.insert(handle.clone(), (token.to_owned(), message));
            }
            world.queue(token, self.id(), "chosen_inline_result", chosen);
            handle
        })
    }

    /// A message that was sent into another chat, as it stands there now.
    pub fn sent_elsewhere(&self, handle: &str) -> Option<ShownMessage> {
        self.look(|world, _| world.inline_messages.get(handle).map(|(_, message)| message.clone()))
    }
}

/// An article's message as it will be sent: its text and keyboard are read as those of any message.
fn message_of(article: &Value) -> Result<ShownMessage, Refusal> {
    let params = |value: &Value| Params::read("", "application/json", value.to_string().as_bytes());
    let content = params(&article["input_message_content"])?;
    let written = content.text("message_text").ok_or_else(|| Refusal::bad("message text is empty"))?;
    let formatted = sending::text_of(&content, &written, "entities")?;
    let mut message = ShownMessage::new(0, true, unix_seconds());
    sending::write(&mut message, written, formatted);
    match Markup::read(&params(article)?)? {
        Markup::Absent => {}
        Markup::Inline { rows, value } => {
            message.buttons = rows;
            message.inline_markup = Some(value);
        }
        _ => return Err(Refusal::bad("inline keyboard expected")),
    }
    Ok(message)
}

/// A button on top has a label, and a payload of 1 to 64 of the letters that start links take.
fn check_button(button: &Value) -> Result<(), Refusal> {
    if button["text"].as_str().is_none_or(str::is_empty) {
        return Err(Refusal::bad(
            "can't parse inline query results button: Field \"text\" must be non-empty",
        ));
    }
    let payload = button["start_parameter"].as_str().unwrap_or_default();
    let fits = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '-';
    if payload.is_empty() || payload.len() > 64 || !payload.chars().all(fits) {
        return Err(Refusal::bad("START_PARAM_INVALID"));
    }
    Ok(())
}

/// `answerInlineQuery`: at most 50 results, each with an id of its own of 1 to 64 bytes.
pub(super) fn answer(world: &mut World, token: &str, params: &Params) -> Answer {
    let id = params.text("inline_query_id").unwrap_or_default();
    let asker = world.inline_queries.get(&id).filter(|(asked, _)| asked == token).map(|(_, person)| *person);
    let person = asker.ok_or_else(|| {
        Refusal::bad("query is too old and response timeout expired or query ID is invalid")
    })?;
    let results = params.json("results")?.unwrap_or_default();
    let results = results.as_array().ok_or_else(|| Refusal::bad("can't parse results JSON object"))?;
    if results.len() > 50 {
        return Err(Refusal::bad("RESULTS_TOO_MUCH"));
    }
    let mut ids = std::collections::HashSet::new();
    for result in results {
        let id = result["id"].as_str().unwrap_or_default();
        if id.is_empty() || id.len() > 64 {
            return Err(Refusal::bad("RESULT_ID_INVALID"));
        }
        if !ids.insert(id) {
            return Err(Refusal::bad("RESULT_ID_DUPLICATE"));
        }
        if result["type"] == "article" {
            if result["title"].as_str().is_none_or(str::is_empty) {
                return Err(Refusal::bad("can't parse inline query result: Can't find field \"title\""));
            }
            message_of(result)?;
        }
    }
    if let Some(button) = params.json("button")? {
        check_button(&button)?;
    }
    let mut offered = results.clone();
    offered.extend(params.json("button")?.map(|button| json!({ "button": button })));
    world.inline_queries.remove(&id);
    world.chat(token, person).offered = offered;
    Ok(json!(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "1:A";

    fn call(world: &mut World, id: &str, results: Value, button: Option<Value>) -> Answer {
        let mut body = json!({ "inline_query_id": id, "results": results });
        if let Some(button) = button {
            body["button"] = button;
        }
        answer(world, TOKEN, &Params::read("", "application/json", body.to_string().as_bytes()).unwrap())
    }

    fn article(id: &str) -> Value {
        json!({"type": "article", "id": id, "title": "Kaos", "input_message_content":
               {"message_text": "<b>Kaos</b>", "parse_mode": "HTML"}})
    }

    fn asked() -> World {
        let mut world = World::new();
        world.inline_queries.insert("7".to_owned(), (TOKEN.to_owned(), 5));
        world
    }

    #[test]
    fn a_question_is_answered_once() {
        let mut world = asked();
        assert!(call(&mut world, "7", json!([article("a")]), None).is_ok());
        let again = call(&mut world, "7", json!([]), None).unwrap_err();
        assert!(again.description.contains("query is too old"), "{}", again.description);
    }

    #[test]
    fn articles_and_buttons_are_read_as_telegram_reads_them() {
        let mut broken = article("a");
        broken["input_message_content"]["message_text"] = json!("<b>Kaos");
        let mut untitled = article("a");
        untitled["title"] = json!("");
        let mut keyed = article("a");
        keyed["reply_markup"] = json!({"inline_keyboard": [[{"text": "Bayar", "url": "https://kaos/x"}]]});
        let twice = json!([article("a"), article("a")]);
        for results in [json!([broken]), json!([untitled]), json!([keyed]), twice, json!([article("")])] {
            assert!(call(&mut asked(), "7", results.clone(), None).is_err(), "{results}");
        }
        for payload in ["", "a b", "ü", &"x".repeat(65)] {
            let button = json!({"text": "Go", "start_parameter": payload});
            assert!(call(&mut asked(), "7", json!([]), Some(button)).is_err(), "{payload}");
        }
        let button = json!({"text": "Go", "start_parameter": "n_S2Fvcw-_"});
        assert!(call(&mut asked(), "7", json!([]), Some(button)).is_ok());
    }
}
