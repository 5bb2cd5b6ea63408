#include "gateway/pdf/fonts.h"

#include <pango/pangofc-fontmap.h>

#include <array>
#include <string>

#include "gateway/pdf/fonts_map.h"
#include "gateway/pdf/print.h"

// Font libraries keep what they read of fonts until the process ends: no leak, to a checker of
// leaks that a program is built with.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig.so\nleak:libcairo.so\nleak:libpango\nleak:libglib\nleak:libgobject\n";
}

namespace heyan::pdf {
namespace {

using core::ErrorCode;

constexpr std::array<const char*, 3> kFiles = {"regular.otf", "bold.otf", "code.otf"};

// Is the face that fontconfig would choose the one that was asked for?
bool has_face(FcConfig* config, const char* family, int weight) {
  FcPattern* const wanted = FcPatternBuild(nullptr, FC_FAMILY, FcTypeString, family, FC_WEIGHT,
                                           FcTypeInteger, weight, static_cast<char*>(nullptr));
  FcDefaultSubstitute(wanted);
  FcResult result = FcResultNoMatch;
  FcPattern* const found = FcFontMatch(config, wanted, &result);
  FcPatternDestroy(wanted);
  if (found == nullptr) return false;
  bool same = false;
  FcChar8* name = nullptr;
  for (int i = 0; FcPatternGetString(found, FC_FAMILY, i, &name) == FcResultMatch; ++i) {
    same = same || std::string_view(reinterpret_cast<const char*>(name)) == family;
  }
  FcPatternDestroy(found);
  return same;
}

// Every font that a page can be set in, and for each what is drawn where it lacks a character.
report::Document warming(catalogue::Language language) {
  using report::Block;
  using report::Span;
  report::Spans all;
  for (const Span::Kind kind : {Span::Kind::kPlain, Span::Kind::kStrong, Span::Kind::kCode,
                                Span::Kind::kTold, Span::Kind::kTag}) {
    all.push_back({"核 a \U0001F600 ", kind});
  }
  report::Document document;
  document.language = language;
  document.title = "Heyan";
  document.sections.push_back(
      {.id = "warm",
       .new_page = false,
       .blocks = {Block{report::Heading{2, all}},
                  Block{report::Paragraph{all, report::Paragraph::Role::kBody}}}});
  return document;
}

}  // namespace

Fonts::Fonts(std::unique_ptr<Map> map) : map_(std::move(map)) {}
Fonts::Fonts(Fonts&& other) noexcept = default;
Fonts& Fonts::operator=(Fonts&& other) noexcept = default;
Fonts::~Fonts() = default;

core::Result<Fonts> Fonts::load(const std::filesystem::path& folder) {
  auto map = std::make_unique<Map>();
  map->config.reset(FcConfigCreate());
  if (!map->config) return core::fail(ErrorCode::kInternal, "fontconfig cannot be used");
  for (const char* file : kFiles) {
    const std::string path = (folder / file).string();
    if (FcConfigAppFontAddFile(map->config.get(), reinterpret_cast<const FcChar8*>(path.c_str())) !=
        FcTrue) {
      return core::fail(ErrorCode::kNotFound, "a file of the fonts is missing or is none");
    }
  }
  if (!has_face(map->config.get(), kFamily, FC_WEIGHT_REGULAR) ||
      !has_face(map->config.get(), kFamily, FC_WEIGHT_BOLD) ||
      !has_face(map->config.get(), kCodeFamily, FC_WEIGHT_REGULAR)) {
    return core::fail(ErrorCode::kNotFound, "the files of the fonts do not hold Noto Sans CJK SC");
  }
  map->pango.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (!map->pango) return core::fail(ErrorCode::kInternal, "Pango cannot use fontconfig");
  pango_fc_font_map_set_config(reinterpret_cast<PangoFcFontMap*>(map->pango.get()),
                               map->config.get());
  Fonts fonts(std::move(map));
  for (const auto language : {catalogue::Language::kChinese, catalogue::Language::kEnglish}) {
    HEYAN_CHECK_OK(print(warming(language), {}, fonts));
  }
  return fonts;
}

std::filesystem::path fonts_folder(const std::filesystem::path& folder) {
  return folder.parent_path() / "share" / "heyan" / "fonts";
}

}  // namespace heyan::pdf
