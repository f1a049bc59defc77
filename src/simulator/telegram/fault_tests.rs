//! Proofs of misbehaviour, limits, and the ways a call can be wrong.

use serde_json::{Value, json};

use super::{
    chat_tests::{Stage, TOKEN},
    *,
};

fn say(text: &str) -> Value {
    json!({ "chat_id": 1001, "text": text })
}

#[tokio::test]
async fn refusals_on_request_hit_only_what_they_name() {
    let stage = Stage::open().await;
    let simulator = &stage.telegram.simulator;
    stage.ani.says("/start");
    let rule = |fault: Fault| Misbehaviour::on("sendMessage", fault).in_chat(1001).containing("money");
    simulator.misbehave(rule(Fault::Blocked));
    simulator.misbehave(rule(Fault::BadRequest("can't parse entities: on request".to_owned())));
    simulator.misbehave(rule(Fault::MigrateTo(-100)));
    stage.result("sendMessage", say("hello")).await;
    assert_eq!(stage.refusal("sendMessage", say("money")).await, "Forbidden: bot was blocked by the user");
    assert!(stage.refusal("sendMessage", say("money")).await.ends_with("can't parse entities: on request"));
    let migrated = stage.call("sendMessage", say("money")).await;
    assert_eq!(migrated["parameters"]["migrate_to_chat_id"], json!(-100));
    stage.result("sendMessage", say("money")).await;
    assert_eq!(stage.ani.messages().len(), 3);
}

#[tokio::test]
async fn too_many_requests_are_enforced_per_chat() {
    let stage = Stage::open().await;
    let simulator = &stage.telegram.simulator;
    let budi = simulator.person(Person::named(1002, "Budi", "id"));
    stage.ani.says("/start");
    budi.says("/start");
    simulator.misbehave(Misbehaviour::on("sendMessage", Fault::TooManyRequests { retry_after: 600 }));
    assert_eq!(stage.call("sendMessage", say("a")).await["parameters"]["retry_after"], json!(600));
    assert_eq!(simulator.violations(), 0);
    let hasty = stage.call("sendMessage", say("b")).await;
    assert_eq!(hasty["error_code"], json!(429));
    assert_eq!(simulator.violations(), 1);
    stage.result("sendMessage", json!({ "chat_id": 1002, "text": "c" })).await;
}

#[tokio::test]
async fn limits_are_enforced_when_switched_on() {
    let stage = Stage::open().await;
    stage.ani.says("/start");
    stage.telegram.simulator.enforce_limits(Some(Limits { chat_burst: 2, ..Limits::default() }));
    stage.result("sendMessage", say("1")).await;
    stage.result("sendMessage", say("2")).await;
    assert_eq!(stage.call("sendMessage", say("3")).await["error_code"], json!(429));
}

#[tokio::test]
async fn a_cut_connection_may_or_may_not_have_worked() {
    let stage = Stage::open().await;
    let simulator = &stage.telegram.simulator;
    stage.ani.says("/start");
    simulator.misbehave(Misbehaviour::on("sendMessage", Fault::CutAfterAcceptance));
    assert!(stage.try_call("sendMessage", &say("shown")).await.is_err());
    simulator.misbehave(Misbehaviour::on("sendMessage", Fault::CutBefore));
    assert!(stage.try_call("sendMessage", &say("lost")).await.is_err());
    simulator.misbehave(Misbehaviour::on("sendMessage", Fault::ServerError(502)));
    assert!(stage.try_call("sendMessage", &say("lost")).await.is_err());
    assert_eq!(stage.ani.transcript(), "Ani: /start\nBot: shown\n");
    let calls = simulator.calls_of("sendMessage");
    assert_eq!(calls.iter().map(|call| call.status).collect::<Vec<_>>(), [0, 0, 502]);
    assert!(calls[0].succeeded() && calls[1].answer.is_null());
}

#[tokio::test]
async fn blocked_bots_may_not_speak() {
    let stage = Stage::open().await;
    stage.ani.says("/start");
    stage.ani.blocks_bot();
    assert_eq!(stage.refusal("sendMessage", say("a")).await, "Forbidden: bot was blocked by the user");
    stage.ani.says("/start");
    stage.result("sendMessage", say("a")).await;
    let updates = stage.result("getUpdates", json!({})).await;
    assert_eq!(updates[2]["my_chat_member"]["new_chat_member"]["status"], json!("member"));
}

#[tokio::test]
async fn tokens_and_methods_must_exist() {
    let stage = Stage::open().await;
    let me = stage.result("GETME", Value::Null).await;
    assert_eq!((&me["id"], &me["has_main_web_app"]), (&json!(4242), &json!(false)));
    assert_eq!(stage.get(&format!("/bot{TOKEN}/getme?x=1")).await.status(), 200);
    assert_eq!(stage.refusal("sendTelepathy", json!({})).await, "Not Found");
    assert_eq!(stage.get("/botnonsense/getMe").await.status(), 404);
    let journal = format!("{:?}", stage.telegram.simulator.journal());
    assert!(!journal.contains("pretend_token"), "the journal never prints a token");
    stage.telegram.simulator.revoke(TOKEN);
    assert_eq!(stage.refusal("getMe", json!({})).await, "Unauthorized");
}

#[tokio::test]
async fn commands_and_texts_about_the_bot_are_kept() {
    let stage = Stage::open().await;
    let commands = json!([{ "command": "new", "description": "Tautan baru" }]);
    let scope = json!({ "type": "all_private_chats" });
    let body = json!({ "commands": commands, "scope": scope, "language_code": "id" });
    stage.result("setMyCommands", body).await;
    let asked = json!({ "scope": scope, "language_code": "id" });
    assert_eq!(stage.result("getMyCommands", asked).await, commands);
    assert_eq!(stage.result("getMyCommands", json!({})).await, json!([]));
    let shouting = json!({ "commands": [{ "command": "New", "description": "x" }] });
    assert_eq!(stage.refusal("setMyCommands", shouting).await, "Bad Request: BOT_COMMAND_INVALID");
    stage.result("setMyDescription", json!({ "description": "Tautan bayar" })).await;
    assert_eq!(stage.result("getMyDescription", json!({})).await["description"], json!("Tautan bayar"));
    assert!(
        stage
            .refusal("setMyShortDescription", json!({ "short_description": "x".repeat(121) }))
            .await
            .contains("long")
    );
    stage.ani.says("/start");
    assert_eq!(stage.result("getChat", json!({ "chat_id": 1001 })).await["max_reaction_count"], json!(11));
    let member = stage.result("getChatMember", json!({ "chat_id": 1001, "user_id": 1001 })).await;
    assert_eq!(member["status"], json!("member"));
}

#[tokio::test]
async fn a_share_of_the_calls_can_go_wrong() {
    let stage = Stage::open().await;
    stage.ani.says("/start");
    stage
        .telegram
        .simulator
        .misbehave(Misbehaviour::on("sendMessage", Fault::ServerError(502)).always().percent(30));
    for _ in 0..200 {
        // A broken proxy's answer is no JSON.
        drop(stage.try_call("sendMessage", &say("a")).await);
    }
    let failed =
        stage.telegram.simulator.calls_of("sendMessage").iter().filter(|call| call.status == 502).count();
    assert!((20..=110).contains(&failed), "{failed} of 200");
}
