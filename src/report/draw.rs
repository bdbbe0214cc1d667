//! Draws any diagnostic as one story: the main file, the other files, notes, help.
//!
//! It is the `miette::ReportHandler` of this program, so findings and our own failures look alike. The
//! underlines are drawn by annotate-snippets, which panics on spans outside the text it is given; what
//! reaches it is therefore clamped, cut to the lines needed, and free of characters that steer a terminal.

use std::fmt;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use miette::{Diagnostic, LabeledSpan, ReportHandler, SourceCode, SourceSpan};

use super::{Look, visible};

/// Draws diagnostics in one look.
pub struct Pencil {
    renderer: Renderer,
    hyperlinks: bool,
}

/// A diagnostic as it is drawn.
pub struct Drawn<'a>(pub &'a dyn Diagnostic, pub &'a Pencil);

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1.debug(self.0, f)
    }
}

impl Pencil {
    pub fn new(look: &Look) -> Self {
        let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
        let decor = if look.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
        let renderer = renderer.decor_style(decor).term_width(look.width).hyperlink(look.hyperlinks);
        Pencil { renderer, hyperlinks: look.hyperlinks }
    }
}

impl ReportHandler for Pencil {
    fn debug(&self, diagnostic: &dyn Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let story = Story::of(diagnostic);
        let mut title = level(diagnostic).primary_title(visible::line(&diagnostic.to_string()).into_owned());
        if let Some(code) = diagnostic.code() {
            title = title.id(code.to_string());
            let url = diagnostic.url().map(|url| url.to_string()).filter(|url| url.starts_with("https://"));
            if let (true, Some(url)) = (self.hyperlinks, url) {
                title = title.id_url(url);
            }
        }
        let mut group = Group::with_title(title);
        let origin = story.origin.is_some();
        if let Some(path) = story.origin {
            group = group.element(Origin::path(path));
        }
        let drawings: Vec<Drawing> = story.windows.iter().map(Window::drawing).collect();
        for drawing in &drawings {
            group = group.element(drawing.snippet());
        }
        for (level, text) in story.notes {
            group = group.element(level.message(visible::lines(&text)));
        }
        let headed = origin.then_some(None).into_iter().chain(drawings.iter().map(Some));
        f.write_str(&finished(&self.renderer.render(&[group]), headed))
    }
}

fn level(diagnostic: &dyn Diagnostic) -> Level<'static> {
    match diagnostic.severity() {
        None | Some(miette::Severity::Error) => Level::ERROR,
        Some(miette::Severity::Warning) => Level::WARNING,
        Some(miette::Severity::Advice) => Level::NOTE,
    }
}

/// What is to be drawn, in order.
struct Story<'a> {
    /// The main file, where no text of it is labelled.
    origin: Option<String>,
    windows: Vec<Window<'a>>,
    notes: Vec<(Level<'static>, String)>,
}

impl<'a> Story<'a> {
    fn of(diagnostic: &'a dyn Diagnostic) -> Self {
        let mut story = Story { origin: None, windows: Vec::new(), notes: Vec::new() };
        story.show(diagnostic);
        if story.windows.is_empty() {
            story.origin = diagnostic.source_code().and_then(name);
        }
        let (before, after): (Vec<&dyn Diagnostic>, Vec<&dyn Diagnostic>) =
            diagnostic.related().into_iter().flatten().partition(|advice| advice.code().is_none());
        for advice in before {
            if !story.show(advice) {
                story.notes.push((Level::NOTE, advice.to_string()));
            }
        }
        story.notes.extend(diagnostic.help().map(|help| (Level::HELP, help.to_string())));
        story.notes.extend(after.iter().map(|remark| (Level::NOTE, remark.to_string())));
        story
    }

    /// Opens windows on what the diagnostic labels; false where it labels nothing.
    fn show(&mut self, diagnostic: &'a dyn Diagnostic) -> bool {
        let (Some(source), Some(labels)) = (diagnostic.source_code(), diagnostic.labels()) else { return false };
        let before = self.marks();
        // The main window comes first, whatever the order of labels.
        let (primary, other): (Vec<_>, Vec<_>) = labels.partition(LabeledSpan::primary);
        for label in primary.into_iter().chain(other) {
            let Some(window) = Window::on(source, &label) else { continue };
            match self.windows.iter_mut().find(|open| open.takes(&window)) {
                Some(open) => open.join(window),
                None => self.windows.push(window),
            }
        }
        self.marks() > before
    }

    fn marks(&self) -> usize {
        self.windows.iter().map(|window| window.marks.len()).sum()
    }
}

/// The name of a source, as its spans' contents say it.
fn name(source: &dyn SourceCode) -> Option<String> {
    let contents = source.read_span(&SourceSpan::new(0.into(), 0), 0, 0).ok()?;
    contents.name().map(|name| visible::line(name).into_owned())
}

/// Longer lines, in bytes, are cut round what is labelled.
const LONG_LINE: usize = 1000;
/// Bytes kept on either side of a label in a long line.
const MARGIN: usize = 200;
/// Labels further apart than so many lines get windows of their own.
const TALL: usize = 120;

/// A few neighbouring lines of one file with their labels.
struct Window<'a> {
    source: &'a dyn SourceCode,
    path: String,
    /// 0-based, of the first and the last labelled line.
    lines: (usize, usize),
    /// Whether its one line is long, and will be cut.
    long: bool,
    marks: Vec<Mark>,
}

/// A label on a part of one line.
#[derive(Clone)]
struct Mark {
    /// Offset in the file.
    offset: usize,
    line: usize,
    /// Bytes of the line.
    from: usize,
    to: usize,
    text: String,
    primary: bool,
}

impl<'a> Window<'a> {
    /// A window on one label: on its first line, where it has several.
    fn on(source: &'a dyn SourceCode, label: &LabeledSpan) -> Option<Self> {
        let contents = source.read_span(label.inner(), 0, 0).ok()?;
        let data = std::str::from_utf8(contents.data()).ok()?;
        let (line, rest) = data.split_once('\n').map_or((data, None), |(line, rest)| (line, Some(rest)));
        let line = line.strip_suffix('\r').unwrap_or(line);
        let from = floor(line, label.offset().saturating_sub(contents.span().offset()));
        let to = match rest {
            None => floor(line, from + label.len()),
            Some(_) => floor(line, from + label.len()).max(line.trim_end().len()).max(from),
        };
        let to = to.min(from + 2 * MARGIN).max(from);
        let mark = Mark {
            offset: contents.span().offset() + from,
            line: contents.line(),
            from,
            to: floor(line, to),
            text: visible::line(label.label().unwrap_or_default()).into_owned(),
            primary: label.primary(),
        };
        Some(Window {
            source,
            path: visible::line(contents.name().unwrap_or("input")).into_owned(),
            lines: (mark.line, mark.line),
            long: line.len() > LONG_LINE,
            marks: vec![mark],
        })
    }

    /// Whether the two are better drawn as one.
    fn takes(&self, other: &Window<'_>) -> bool {
        if self.path != other.path {
            return false;
        }
        if self.long || other.long {
            let near = |a: &Mark, b: &Mark| a.line == b.line && a.from.abs_diff(b.from) < 2 * MARGIN;
            return self.marks.iter().all(|mark| near(mark, &other.marks[0]));
        }
        let (first, last) = (self.lines.0.min(other.lines.0), self.lines.1.max(other.lines.1));
        last - first <= TALL
    }

    fn join(&mut self, other: Window<'_>) {
        self.lines = (self.lines.0.min(other.lines.0), self.lines.1.max(other.lines.1));
        self.marks.extend(other.marks);
    }

    /// The lines as they are drawn, and where the labels lie in them.
    fn drawing(&self) -> Drawing {
        let first = self.marks.iter().map(|mark| mark.offset).min().unwrap_or(0);
        let last = self.marks.iter().map(|mark| mark.offset).max().unwrap_or(0);
        let contents = self.source.read_span(&SourceSpan::new(first.into(), last - first), 0, 0).ok();
        let data = contents.as_ref().and_then(|contents| std::str::from_utf8(contents.data()).ok()).unwrap_or("");
        let mut drawing = Drawing { path: self.path.clone(), first_line: self.lines.0 + 1, ..Drawing::default() };
        for (at, line) in data.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let number = self.lines.0 + at;
            let marks: Vec<&Mark> = self.marks.iter().filter(|mark| mark.line == number).collect();
            drawing.line(number, line, &marks);
        }
        drawing
    }
}

/// The nearest character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The text of a window, ready to be underlined.
#[derive(Default)]
struct Drawing {
    path: String,
    /// 1-based.
    first_line: usize,
    text: String,
    marks: Vec<(std::ops::Range<usize>, Mark)>,
    /// Line and column that the header must say, where the line was cut.
    header: Option<(usize, usize)>,
}

impl Drawing {
    /// Adds a line. Columns stay as they are, save in lines that are cut.
    fn line(&mut self, number: usize, line: &str, marks: &[&Mark]) {
        if number + 1 > self.first_line {
            self.text.push('\n');
        }
        let keep = kept(line, marks);
        if let (true, Some(mark)) = (keep.start > 0, marks.iter().max_by_key(|mark| mark.primary)) {
            self.header = Some((number + 1, line[..mark.from].chars().count() + 1));
        }
        if keep.start > 0 {
            self.text.push_str("...");
        }
        let start = self.text.len();
        self.text.push_str(&visible::source(&line[keep.clone()]));
        if keep.end < line.len() {
            self.text.push_str("...");
        }
        for mark in marks {
            let place = |offset: usize| {
                let offset = floor(line, offset.clamp(keep.start, keep.end));
                start + visible::source(&line[keep.start..offset]).len()
            };
            self.marks.push((place(mark.from)..place(mark.to), (*mark).clone()));
        }
    }

    /// Its header with the column of the file.
    fn headed(&self, header: &str) -> String {
        let place = self.header.map(|(line, column)| (format!("{}:{line}:", self.path), column));
        let Some((place, column)) = place else { return header.to_owned() };
        let Some(at) = header.rfind(&place) else { return header.to_owned() };
        let (said, rest) = header.split_at(at + place.len());
        format!("{said}{column}{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))
    }

    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let annotations = self.marks.iter().map(|(range, mark)| {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = (!mark.text.is_empty()).then_some(mark.text.as_str());
            kind.span(range.clone()).label(label)
        });
        Snippet::source(self.text.as_str())
            .path(self.path.as_str())
            .line_start(self.first_line)
            .annotations(annotations)
    }
}

/// The drawing with the file's own columns in its headers, where the renderer has counted those of cut lines.
///
/// `headed` says what stands under every header: a drawing, or nothing.
fn finished<'a>(drawn: &str, mut headed: impl Iterator<Item = Option<&'a Drawing>>) -> String {
    let line = |line: &str| {
        // Blanks at line ends would only make copies and diffs of a report differ.
        let line = line.trim_end();
        match is_header(line).then(|| headed.next()).flatten().flatten() {
            Some(drawing) => drawing.headed(line),
            None => line.to_owned(),
        }
    };
    drawn.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Whether a drawn line says a place. All others begin with a number, a frame or a sign of their own.
fn is_header(line: &str) -> bool {
    let mut rest = line.trim_start();
    while let Some((_, after)) = rest.strip_prefix("\u{1b}[").and_then(|styled| styled.split_once('m')) {
        rest = after.trim_start();
    }
    ["-->", ":::", "╭▸", "├▸", "─▸", "⸬"].iter().any(|arrow| rest.starts_with(arrow))
}

/// The part of a line that is drawn.
fn kept(line: &str, marks: &[&Mark]) -> std::ops::Range<usize> {
    if line.len() <= LONG_LINE {
        return 0..line.len();
    }
    let from = marks.iter().map(|mark| mark.from).min().unwrap_or(0);
    let to = marks.iter().map(|mark| mark.to).max().unwrap_or(0);
    floor(line, from.saturating_sub(MARGIN))..floor(line, to + MARGIN)
}
