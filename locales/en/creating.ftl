# Several links at once, links without a question, and what new links take by default.

## Several lines in one message.
batch-title = 📝 <b>{ $count } links. Is this right?</b>
batch-part-made = 📝 <b>{ $made } made, { $open } still to make</b>
batch-made = ✅ <b>{ $count } links ready to share</b>
batch-button-create = ✅ Create { $count } links
batch-button-back = ◀ To the list
batch-button-drop = 🗑 Drop this line
home-draft-batch = 📝 Unfinished: several links, { $name } among them

## Made without a question.
unasked-undone = ↩ Taken back before anyone ordered. Change what you like, then create it again.
unasked-too-late = ⚠️ The quick undo works for 30 seconds and before anyone orders. You can still delete this link or switch it off below.

## The settings of new links.
settings-button-defaults = 🔗 Link defaults
defaults =
    <b>🔗 Defaults of new links</b>
    Used when you name no limit or no time. Type <code>∞</code> or <code>-</code> where you want none.

    { $asking }

    { $mode }
defaults-asked = Before a link is made I show you how I understood it.
defaults-unasked = One clear <code>/new</code> line becomes a link at once, and you can take it back for 30 seconds.
defaults-button-month = ⏳ 30 days
defaults-button-ask-first = Check first
