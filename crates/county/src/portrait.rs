//! Drawn faces for children who are made up, in shades of one colour: nobody's likeness, and yet each to be told from the others.

use crate::CountyChild;
use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LinearGradient, Paint, PathBuilder, Pixmap, Point, Rect, Shader,
    SpreadMode, Stroke, Transform,
};

/// Faces are drawn on a paper of this size, and come out at half of it.
const WIDTH: f32 = 480.0;
const HEIGHT: f32 = 600.0;
const SCALE: f32 = 0.5;
/// One child in so many has no photograph on the record, as it is in life.
const WITHOUT: u64 = 7;
/// Ground, face, clothes and hair. The face is as light as paper, as in a drawing.
const SHADES: [[&str; 4]; 7] = [
    ["#dbe7f0", "#f6f9fc", "#2f5d83", "#17334d"],
    ["#e6e0ef", "#f8f4fb", "#5b4a8a", "#2c2250"],
    ["#d8ebe4", "#f3faf7", "#1f6b5c", "#0d3b32"],
    ["#f1e3d8", "#fdf4ec", "#8f4a2e", "#4b2412"],
    ["#e4ebd6", "#f9f9ef", "#5c7030", "#2d3916"],
    ["#f0dfe6", "#fcf3f5", "#87385c", "#471a30"],
    ["#e2e6ea", "#f6f8fa", "#44566a", "#1f2933"],
];

/// Draws a child as a PNG; some have no picture.
pub fn draw(child: &CountyChild) -> Option<Vec<u8>> {
    if child.photo_seed.is_multiple_of(WITHOUT) {
        return None;
    }
    let mut seed = child.photo_seed;
    let mut pick = |of: u16| {
        // One step of splitmix64: the same child always looks the same.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % u64::from(of)) as u16
    };
    let [ground, skin, clothes, hair] = SHADES[usize::from(pick(SHADES.len() as u16))].map(colour);
    let mut canvas = Canvas(Pixmap::new((WIDTH * SCALE) as u32, (HEIGHT * SCALE) as u32)?);
    canvas.ground(ground)?;
    let (style, glasses, wide) = (pick(6), pick(4) == 0, f32::from(pick(24)));
    let (cx, cy, rx, ry) = (WIDTH / 2.0, 258.0, 96.0 + wide / 2.0, 124.0);
    if style >= 3 {
        // Long hair falls behind the shoulders.
        let length = if style == 3 { 210.0 } else { 130.0 };
        canvas.oval(cx, cy + length / 2.5, rx + 34.0, ry + length / 2.0, hair);
    }
    canvas.oval(cx, HEIGHT + 30.0, 205.0, 185.0, clothes);
    canvas.oval(cx, cy + 140.0, 46.0, 74.0, shade(skin, 0.9));
    canvas.oval(cx - rx, cy + 12.0, 17.0, 26.0, shade(skin, 0.93));
    canvas.oval(cx + rx, cy + 12.0, 17.0, 26.0, shade(skin, 0.9));
    canvas.oval(cx, cy, rx, ry, skin);
    canvas.hair(style, [cx, cy, rx, ry], hair);
    let (eyes, between) = (cy + 8.0 + f32::from(pick(8)), 36.0 + f32::from(pick(10)));
    for x in [cx - between, cx + between] {
        canvas.oval(x, eyes, 8.0, 10.0, colour("#211a17"));
        canvas.line(&[(x - 18.0, eyes - 24.0), (x, eyes - 30.0), (x + 18.0, eyes - 25.0)], 6.0, hair);
        if glasses {
            canvas.ring(x, eyes, 30.0, 4.0, colour("#262b33"));
        }
    }
    canvas.line(&[(cx - 2.0, eyes + 12.0), (cx - 8.0, eyes + 42.0), (cx + 6.0, eyes + 45.0)], 4.0, shade(skin, 0.75));
    let smile = 4.0 + f32::from(pick(16));
    let mouth = eyes + 74.0;
    canvas.line(&[(cx - 26.0, mouth), (cx, mouth + smile), (cx + 26.0, mouth)], 6.0, shade(skin, 0.6));
    canvas.0.encode_png().ok()
}

struct Canvas(Pixmap);

impl Canvas {
    fn ground(&mut self, tint: Color) -> Option<()> {
        let stops = vec![GradientStop::new(0.0, tint), GradientStop::new(1.0, shade(tint, 0.86))];
        let (from, to) = (Point::from_xy(0.0, 0.0), Point::from_xy(0.0, HEIGHT));
        let shader = LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity())?;
        let paint = Paint { shader, ..Paint::default() };
        self.0.fill_rect(Rect::from_xywh(0.0, 0.0, WIDTH, HEIGHT)?, &paint, Transform::from_scale(SCALE, SCALE), None);
        Some(())
    }

    fn oval(&mut self, x: f32, y: f32, rx: f32, ry: f32, colour: Color) {
        if let Some(path) = Rect::from_xywh(x - rx, y - ry, 2.0 * rx, 2.0 * ry).and_then(PathBuilder::from_oval) {
            self.0.fill_path(&path, &paint(colour), FillRule::Winding, Transform::from_scale(SCALE, SCALE), None);
        }
    }

    fn ring(&mut self, x: f32, y: f32, radius: f32, width: f32, colour: Color) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            let stroke = Stroke { width, ..Stroke::default() };
            self.0.stroke_path(&path, &paint(colour), &stroke, Transform::from_scale(SCALE, SCALE), None);
        }
    }

    /// A bent line through three points.
    fn line(&mut self, [from, through, to]: &[(f32, f32); 3], width: f32, colour: Color) {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.quad_to(through.0, through.1, to.0, to.1);
        if let Some(path) = path.finish() {
            let stroke = Stroke { width, line_cap: LineCap::Round, ..Stroke::default() };
            self.0.stroke_path(&path, &paint(colour), &stroke, Transform::from_scale(SCALE, SCALE), None);
        }
    }

    /// The hair in front, over a head of this middle and these half widths.
    fn hair(&mut self, style: u16, [cx, cy, rx, ry]: [f32; 4], colour: Color) {
        match style {
            // Curls.
            1 => {
                for step in 0..11_u8 {
                    let angle = std::f32::consts::PI * (1.04 + f32::from(step) * 0.092);
                    self.oval(cx + angle.cos() * (rx - 2.0), cy + angle.sin() * (ry - 6.0), 34.0, 34.0, colour);
                }
            }
            // Combed up.
            2 => {
                self.cap([cx, cy, rx, ry], 0.42, colour);
                self.oval(cx - 12.0, cy - ry - 4.0, rx * 0.72, 40.0, colour);
            }
            // A knot on top.
            5 => {
                self.cap([cx, cy, rx, ry], 0.36, colour);
                self.oval(cx, cy - ry - 30.0, 40.0, 38.0, colour);
            }
            _ => self.cap([cx, cy, rx, ry], 0.34 + f32::from(style) * 0.04, colour),
        }
    }

    /// Hair down to a part of the way from the top of the head to its middle, parted at one side.
    fn cap(&mut self, [cx, cy, rx, ry]: [f32; 4], down: f32, colour: Color) {
        // The curve comes to three quarters of the way to where it is led: over the top of the head.
        let (top, brow) = (cy - ry / 0.75 - 16.0, cy - ry + ry * 2.0 * down * 0.72);
        let mut path = PathBuilder::new();
        path.move_to(cx - rx - 8.0, cy + 6.0);
        path.cubic_to(cx - rx - 14.0, top, cx + rx + 14.0, top, cx + rx + 8.0, cy + 6.0);
        path.quad_to(cx + rx - 4.0, brow + 6.0, cx + rx * 0.35, brow - 10.0);
        path.quad_to(cx - rx * 0.5, brow - 4.0, cx - rx - 8.0, cy + 6.0);
        path.close();
        if let Some(path) = path.finish() {
            self.0.fill_path(&path, &paint(colour), FillRule::Winding, Transform::from_scale(SCALE, SCALE), None);
        }
    }
}

fn paint(colour: Color) -> Paint<'static> {
    Paint { shader: Shader::SolidColor(colour), anti_alias: true, ..Paint::default() }
}

/// A colour as a style sheet writes it: `#2f5d83`.
fn colour(written: &str) -> Color {
    let [_, red, green, blue] =
        u32::from_str_radix(written.trim_start_matches('#'), 16).unwrap_or_default().to_be_bytes();
    Color::from_rgba8(red, green, blue, 255)
}

/// Darker by a factor.
fn shade(colour: Color, by: f32) -> Color {
    let part = |part: f32| (part * by).clamp(0.0, 1.0);
    Color::from_rgba(part(colour.red()), part(colour.green()), part(colour.blue()), 1.0).unwrap_or(colour)
}
