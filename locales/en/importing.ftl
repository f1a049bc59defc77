# Many links out of one CSV file. Labels, column titles and toasts without markup.

import-button = 📄 Many at once
import-button-template = ⬇ Sample file
import-explain =
    <b>📄 Many links at once</b>

    Send a CSV file here: one row for each link, up to 1,000 rows. You see what I understood before anything is made.

    Columns I know: <b>name</b>, <b>price</b>, limit, time, opens, reference, message, note, customer, phone, email, pay. Only name and price are needed. Write as you would type: <code>75k</code>, <code>x10</code>, <code>3 days</code>.

    From Google Sheets: File → Download → CSV. From Excel or WPS: Save as → CSV.
import-explain-letters = ✉️ A link with an e-mail address goes straight to its customer as soon as it is made.
import-template = Fill it in like this, save it as CSV and send it here. Columns may change places, and those you do not need may go.
import-template-file = sample-links

## The file is read
import-reading = ⏳ Reading { $file } …
import-ready = <b>📄 { $count ->
        [one] One link is ready
       *[other] { $count } links are ready
    }</b> from { $file }. Is this right?
import-button-create = ✅ Create { $count ->
        [one] one link
       *[other] { $count } links
    }
import-more = … and { $count } more.
import-wrong = ⚠️ <b>{ $count ->
        [one] One row needs fixing:</b>
       *[other] { $count } rows need fixing:</b>
    }
import-wrong-row = • Row { $number }: { $reason }
import-wrong-more = { $count ->
        [one] … and one row more.
       *[other] … and { $count } rows more.
    }
import-skipped = ℹ️ { $count ->
        [one] One row was a link before and is left alone.
       *[other] { $count } rows were links before and are left alone.
    }
import-unused = ℹ️ These columns do not become part of the links, but stay in the result: { $columns }
import-useless = 📄 No link can be made from { $file } yet. Nothing has changed. Fix them in that file and send it again.
import-row-no-price = The price is missing. For example 75000 or 75k.
import-other-mode = ⚠️ The shop has changed its mode since I read this file. Please look once more.

## The links are made
import-progress = ⏳ <b>Making links: { $made } of { $all }</b>
    { $file }. No need to wait: the result comes below.
import-under-way = They are being made, the result comes soon
import-told = ✅ <b>{ $count ->
        [one] One link is made
       *[other] { $count } links are made
    }</b> from { $file }. Their addresses are in the result file.
import-result = ✅ <b>{ $store }: { $count ->
        [one] one link is made
       *[other] { $count } links are made
    }</b> from { $file }. Every address is in this file.
import-result-wrong = ⚠️ { $count ->
        [one] One row is not made yet; the column “result” says why.
       *[other] { $count } rows are not made yet; the column “result” says why.
    } Fix it in this file and send it again: nothing is made twice.
import-dropped = ✖ Cancelled. No link was made.
import-gone = I no longer have that file. Please send it once more.

## The file cannot be read yet
import-picture = 🖼 A picture of what you sell? Send it as a photo, not as a file, so that I can put it on a link.
import-workbook = ⚠️ That is an Excel file, and I can only read CSV. Open it, choose <b>Save as</b> → <b>CSV</b>, and send me the new one.
import-other-kind = ⚠️ I cannot read a file like that yet. To make many links, send a CSV file. There is a sample below.
import-too-large = ⚠️ The file is too large, 1 MB at most. Split it and send the parts one by one.
import-too-many = ⚠️ There are { $rows } rows, and one file may have 1,000 at most. Nothing was made. Split it and send the parts one by one.
import-away = ⚠️ I could not fetch the file from Telegram. Please send it once more.
import-empty = ⚠️ The file is empty. Fill in one row for each link and send it again. There is a sample below.
import-no-text = ⚠️ That is no text I can read. Save it as <b>CSV</b> (UTF-8) and send it again.
import-only-titles = ⚠️ There are only column titles. Fill in one row for each link below them and send it again.
import-unknown-columns = ⚠️ I do not know these columns. Give them titles in the first row, at least <b>name</b> and <b>price</b>. There is a sample below.
import-no-names = ⚠️ I cannot find the column with the names. Call it <b>name</b> in the first row and send it again.
import-no-prices = ⚠️ I cannot find the column with the prices. Call it <b>price</b> in the first row and send it again.

## Column titles and words in the file
import-column-name = name
import-column-price = price
import-column-limit = limit
import-column-time = time
import-column-reference = reference
import-column-message = message
import-column-link = link made
import-column-result = result
import-outcome-made = made
import-outcome-before = made before
import-outcome-not = not made yet
import-result-file = result
import-sample-shirt = Plain T-shirt
import-sample-hat = Black hat
import-sample-days = 7 days
import-sample-thanks = Thank you for your order!
