use super::*;

const ANI: TelegramId = TelegramId(1);
const BUDI: TelegramId = TelegramId(2);

/// Whoever is sent away comes back when it is said to.
async fn seconds_for(pacer: &Pacer, chat: TelegramId, urgency: Urgency, turns: u32) -> u64 {
    let start = Instant::now();
    for _ in 0..turns {
        while let Err(wait) = pacer.turn(chat, urgency).await {
            tokio::time::sleep(wait.to_std().unwrap()).await;
        }
        pacer.answered(chat);
    }
    start.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn a_chat_bursts_shortly_and_then_keeps_to_one_a_second() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    assert_eq!(seconds_for(&pacer, ANI, Urgency::Reply, 4).await, 0);
    assert_eq!(seconds_for(&pacer, ANI, Urgency::Reply, 3).await, 3);
}

#[tokio::test(start_paused = true)]
async fn the_outbox_keeps_the_pace_from_the_second_message_on() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    assert_eq!(seconds_for(&pacer, ANI, Urgency::Outbox, 5).await, 4);
}

#[tokio::test(start_paused = true)]
async fn all_chats_together_stay_under_twenty_five_a_second() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    let start = Instant::now();
    for chat in 0..105 {
        pacer.turn(TelegramId(chat), Urgency::Outbox).await.unwrap();
    }
    assert_eq!(start.elapsed().as_secs(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_held_chat_delays_no_other() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    pacer.hold(ANI, TimeDelta::seconds(8));
    assert_eq!(seconds_for(&pacer, BUDI, Urgency::Reply, 1).await, 0);
    assert!(pacer.turn(ANI, Urgency::Outbox).await.is_err());
    assert_eq!(seconds_for(&pacer, ANI, Urgency::Reply, 1).await, 8);
}

#[tokio::test(start_paused = true)]
async fn a_reply_to_a_held_chat_delays_no_outbox_of_another() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    pacer.hold(ANI, TimeDelta::seconds(8));
    let (reply, ring) = tokio::join!(
        seconds_for(&pacer, ANI, Urgency::Reply, 1),
        seconds_for(&pacer, BUDI, Urgency::Outbox, 1),
    );
    assert_eq!((reply, ring), (8, 0));
}

#[tokio::test(start_paused = true)]
async fn a_reply_comes_back_from_a_long_hold_at_once() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    pacer.hold(ANI, TimeDelta::hours(5));
    let start = Instant::now();
    assert_eq!(pacer.turn(ANI, Urgency::Reply).await, Err(TimeDelta::hours(5)));
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn the_outbox_comes_back_from_a_chat_that_is_far_from_rested() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    seconds_for(&pacer, ANI, Urgency::Reply, 8).await;
    let start = Instant::now();
    assert_eq!(pacer.turn(ANI, Urgency::Outbox).await, Err(TimeDelta::seconds(4)));
    assert_eq!(pacer.pause(ANI), TimeDelta::seconds(4));
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn the_outbox_comes_back_when_replies_never_cease() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    let replies = async {
        for round in 0.. {
            let chats = (0..9).map(|chat| pacer.turn(TelegramId(10 + round * 9 + chat), Urgency::Reply));
            futures::future::join_all(chats).await;
        }
    };
    let start = Instant::now();
    tokio::select! {
        biased;
        () = replies => {}
        turn = pacer.turn(ANI, Urgency::Outbox) => assert!(turn.is_err()),
    }
    assert!(start.elapsed() <= PATIENCE_OF_THE_OUTBOX);
}

#[tokio::test(start_paused = true)]
async fn a_reply_goes_before_the_outbox() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    for chat in 10..15 {
        pacer.turn(TelegramId(chat), Urgency::Outbox).await.unwrap();
    }
    let order = Arc::new(Mutex::new(Vec::new()));
    let note = |chat: TelegramId, urgency: Urgency| {
        let (pacer, order) = (pacer.clone(), Arc::clone(&order));
        async move {
            pacer.turn(chat, urgency).await.unwrap();
            order.lock().unwrap().push(chat);
        }
    };
    tokio::join!(note(ANI, Urgency::Outbox), note(BUDI, Urgency::Reply));
    assert_eq!(*order.lock().unwrap(), [BUDI, ANI]);
}

#[tokio::test(start_paused = true)]
async fn twenty_a_minute_in_a_group_and_of_the_outbox_anywhere() {
    let group = TelegramId(-100);
    for (chat, urgency) in [(group, Urgency::Reply), (group, Urgency::Outbox), (ANI, Urgency::Outbox)] {
        let pacer = Pacer::new(Pace::TELEGRAM);
        assert!(seconds_for(&pacer, chat, urgency, 20).await < 20, "{chat} {urgency:?}");
        tokio::time::sleep(Duration::from_secs(20)).await;
        let wait = seconds_for(&pacer, chat, urgency, 1).await;
        assert!((20..=41).contains(&wait), "{chat} {urgency:?} waited {wait} s");
    }
    let pacer = Pacer::new(Pace::TELEGRAM);
    seconds_for(&pacer, ANI, Urgency::Reply, 30).await;
    assert_eq!(seconds_for(&pacer, ANI, Urgency::Reply, 1).await, 1, "a person who taps is answered");
}

#[tokio::test(start_paused = true)]
async fn a_slow_call_does_not_let_the_next_one_follow_too_soon() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    pacer.turn(ANI, Urgency::Outbox).await.unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    pacer.answered(ANI);
    assert_eq!(pacer.turn(ANI, Urgency::Outbox).await, Err(TimeDelta::seconds(1)));
}

#[tokio::test(start_paused = true)]
async fn a_hold_is_told_to_who_watches_and_the_longer_one_counts() {
    let pacer = Pacer::new(Pace::TELEGRAM);
    let mut holds = pacer.watch_holds();
    pacer.hold(ANI, TimeDelta::seconds(30));
    pacer.recall_hold(ANI, TimeDelta::seconds(5));
    assert_eq!(holds.try_recv(), Ok((ANI, TimeDelta::seconds(30))));
    assert!(holds.try_recv().is_err(), "what is recalled is known already");
    assert_eq!(pacer.turn(ANI, Urgency::Outbox).await, Err(TimeDelta::seconds(30)));
}
