//! Drawn faces for children who are made up, in shades of one colour: nobody's likeness, and yet each to be told from the others.

use casebook::county::CountyChild;
use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LinearGradient, Paint, PathBuilder, Pixmap, Point, Rect, Shader,
    SpreadMode, Stroke, Transform,
};

const WIDTH: f32 = 480.0;
const HEIGHT: f32 = 600.0;
/// One child in so many has no photograph on the record, as it is in life.
const WITHOUT: u64 = 7;
/// Ground, face, clothes and hair, from light to dark.
const SHADES: [[u32; 4]; 7] = [
    [0xdbe7f0, 0xb9d2e6, 0x2f5d83, 0x17334d],
    [0xe6e0ef, 0xcfc3e3, 0x5b4a8a, 0x2c2250],
    [0xd8ebe4, 0xb3d9cb, 0x1f6b5c, 0x0d3b32],
    [0xf1e3d8, 0xe8c4b0, 0x8f4a2e, 0x4b2412],
    [0xe4ebd6, 0xcad7ab, 0x5c7030, 0x2d3916],
    [0xf0dfe6, 0xe0b9c9, 0x87385c, 0x471a30],
    [0xe2e6ea, 0xc3ccd6, 0x44566a, 0x1f2933],
];

/// Draws a child as a PNG; some have no picture.
pub fn draw(child: &CountyChild) -> Option<Vec<u8>> {
    if child.photo_seed.is_multiple_of(WITHOUT) {
        return None;
    }
    let mut seed = child.photo_seed;
    let mut pick = |of: u64| {
        // One step of splitmix64: the same child always looks the same.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % of
    };
    let [ground, skin, clothes, hair] = SHADES[pick(SHADES.len() as u64) as usize].map(colour);
    let mut canvas = Canvas(Pixmap::new(WIDTH as u32, HEIGHT as u32)?);
    canvas.ground(ground)?;
    let (style, glasses, wide) = (pick(6), pick(4) == 0, pick(24) as f32);
    let (cx, cy, rx, ry) = (WIDTH / 2.0, 258.0, 96.0 + wide / 2.0, 124.0);
    if style >= 3 {
        // Long hair falls behind the shoulders.
        let length = if style == 3 { 210.0 } else { 130.0 };
        canvas.oval(cx, cy + length / 2.5, rx + 34.0, ry + length / 2.0, hair);
    }
    canvas.oval(cx, HEIGHT + 30.0, 205.0, 185.0, clothes);
    canvas.oval(cx, cy + 140.0, 46.0, 74.0, shade(skin, 0.86));
    canvas.oval(cx - rx, cy + 12.0, 17.0, 26.0, shade(skin, 0.9));
    canvas.oval(cx + rx, cy + 12.0, 17.0, 26.0, shade(skin, 0.9));
    canvas.oval(cx, cy, rx, ry, skin);
    canvas.hair(style, [cx, cy, rx, ry], hair);
    let (eyes, between) = (cy + 8.0 + pick(8) as f32, 36.0 + pick(10) as f32);
    for x in [cx - between, cx + between] {
        canvas.oval(x, eyes, 8.0, 10.0, colour(0x21_1a17));
        canvas.line(&[(x - 18.0, eyes - 24.0), (x, eyes - 30.0), (x + 18.0, eyes - 25.0)], 6.0, hair);
        if glasses {
            canvas.ring(x, eyes, 30.0, 4.0, colour(0x26_2b33));
        }
    }
    canvas.line(&[(cx - 2.0, eyes + 12.0), (cx - 8.0, eyes + 42.0), (cx + 6.0, eyes + 45.0)], 4.0, shade(skin, 0.75));
    let smile = 4.0 + pick(16) as f32;
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
        self.0.fill_rect(Rect::from_xywh(0.0, 0.0, WIDTH, HEIGHT)?, &paint, Transform::identity(), None);
        Some(())
    }

    fn oval(&mut self, x: f32, y: f32, rx: f32, ry: f32, colour: Color) {
        if let Some(path) = Rect::from_xywh(x - rx, y - ry, 2.0 * rx, 2.0 * ry).and_then(PathBuilder::from_oval) {
            self.0.fill_path(&path, &paint(colour), FillRule::Winding, Transform::identity(), None);
        }
    }

    fn ring(&mut self, x: f32, y: f32, radius: f32, width: f32, colour: Color) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            let stroke = Stroke { width, ..Stroke::default() };
            self.0.stroke_path(&path, &paint(colour), &stroke, Transform::identity(), None);
        }
    }

    /// A bent line through three points.
    fn line(&mut self, [from, through, to]: &[(f32, f32); 3], width: f32, colour: Color) {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.quad_to(through.0, through.1, to.0, to.1);
        if let Some(path) = path.finish() {
            let stroke = Stroke { width, line_cap: LineCap::Round, ..Stroke::default() };
            self.0.stroke_path(&path, &paint(colour), &stroke, Transform::identity(), None);
        }
    }

    /// The hair in front, over a head of this middle and these half widths.
    fn hair(&mut self, style: u64, [cx, cy, rx, ry]: [f32; 4], colour: Color) {
        match style {
            // Curls.
            1 => {
                for step in 0..11 {
                    let angle = std::f32::consts::PI * (1.04 + step as f32 * 0.092);
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
            _ => self.cap([cx, cy, rx, ry], 0.34 + style as f32 * 0.04, colour),
        }
    }

    /// Hair down to a part of the way from the top of the head to its middle, parted at one side.
    fn cap(&mut self, [cx, cy, rx, ry]: [f32; 4], down: f32, colour: Color) {
        let (top, brow) = (cy - ry - 16.0, cy - ry + ry * 2.0 * down * 0.72);
        let mut path = PathBuilder::new();
        path.move_to(cx - rx - 8.0, cy + 6.0);
        path.cubic_to(cx - rx - 14.0, top - 8.0, cx + rx + 14.0, top - 8.0, cx + rx + 8.0, cy + 6.0);
        path.quad_to(cx + rx - 4.0, brow + 6.0, cx + rx * 0.35, brow - 10.0);
        path.quad_to(cx - rx * 0.5, brow - 4.0, cx - rx - 8.0, cy + 6.0);
        path.close();
        if let Some(path) = path.finish() {
            self.0.fill_path(&path, &paint(colour), FillRule::Winding, Transform::identity(), None);
        }
    }
}

fn paint(colour: Color) -> Paint<'static> {
    Paint { shader: Shader::SolidColor(colour), anti_alias: true, ..Paint::default() }
}

/// `0xrrggbb`.
fn colour(rgb: u32) -> Color {
    let [_, r, g, b] = rgb.to_be_bytes();
    Color::from_rgba8(r, g, b, 255)
}

/// Darker by a factor.
fn shade(colour: Color, by: f32) -> Color {
    let part = |part: f32| (part * by).clamp(0.0, 1.0);
    Color::from_rgba(part(colour.red()), part(colour.green()), part(colour.blue()), 1.0).unwrap_or(colour)
}
