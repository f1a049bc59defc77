//! Inline mode: a person types `@bot words` anywhere, the bot offers articles.

use serde_json::{Value, json};

use super::{bot_api::Answer, params::Params, phone::Phone, refusal::Refusal, world::World};

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
    }
    let mut offered = results.clone();
    offered.extend(params.json("button")?.map(|button| json!({ "button": button })));
    world.inline_queries.remove(&id);
    world.chat(token, person).offered = offered;
    Ok(json!(true))
}
