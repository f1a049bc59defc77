//! A multipart form, read and written again.

/// Texts by name, and files as they came.
pub struct Form {
    boundary: String,
    pub fields: Vec<(String, String)>,
    files: Vec<File>,
}

struct File {
    name: String,
    /// Its headers, without the empty line behind them.
    head: String,
    bytes: Vec<u8>,
}

impl Form {
    /// Reads a body; `None` when it is no form.
    pub fn read(content_type: &str, body: &[u8]) -> Option<Self> {
        let boundary = content_type.split("boundary=").nth(1)?.trim_matches('"').to_owned();
        let mut form = Self { boundary, fields: Vec::new(), files: Vec::new() };
        let border = format!("--{}", form.boundary);
        let mut rest = &body[find(body, border.as_bytes())? + border.len()..];
        while rest.starts_with(b"\r\n") {
            let head_end = find(rest, b"\r\n\r\n")?;
            let head = String::from_utf8_lossy(&rest[2..head_end]).into_owned();
            let content = &rest[head_end + 4..];
            let end = find(content, format!("\r\n{border}").as_bytes())?;
            let bytes = content[..end].to_vec();
            let name = quoted(&head, "name=\"")?;
            if quoted(&head, "filename=\"").is_some() {
                form.files.push(File { name, head, bytes });
            } else {
                form.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
            rest = &content[end + 2 + border.len()..];
        }
        Some(form)
    }

    /// The parts that hold a file.
    pub fn file_names(&self) -> Vec<String> {
        self.files.iter().map(|file| file.name.clone()).collect()
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// As a body of the same kind.
    pub fn write(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in &self.fields {
            let part = format!(
                "--{}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n",
                self.boundary
            );
            body.extend_from_slice(part.as_bytes());
        }
        for file in &self.files {
            body.extend_from_slice(format!("--{}\r\n{}\r\n\r\n", self.boundary, file.head).as_bytes());
            body.extend_from_slice(&file.bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        body
    }
}

fn find(text: &[u8], words: &[u8]) -> Option<usize> {
    text.windows(words.len()).position(|window| window == words)
}

fn quoted(head: &str, before: &str) -> Option<String> {
    // `filename="` ends in `name="`, too.
    let start = head.match_indices(before).find(|(at, _)| !head[..*at].ends_with("file"))?.0 + before.len();
    head[start..].split('"').next().map(str::to_owned)
}

#[test]
fn a_form_is_written_as_it_was_read() {
    let body = "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n42\r\n--x\r\n\
        Content-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\
        \r\n--y\r\n\r\n--x--\r\n";
    let form = Form::read("multipart/form-data; boundary=x", body.as_bytes()).expect("a form");
    assert_eq!((form.field("chat_id"), form.file_names()), (Some("42"), vec!["photo".to_owned()]));
    let again = Form::read("multipart/form-data; boundary=x", &form.write()).expect("a form");
    assert_eq!((again.fields, &again.files[0].bytes[..]), (form.fields, &b"\r\n--y\r\n"[..]));
}
