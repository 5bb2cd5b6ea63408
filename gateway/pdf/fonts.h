// The letters that pages are set in: Noto Sans CJK SC, regular and bold, and its mono-spaced face
// for digests, from three files that are made with the program (CMakeLists.txt beside this file).
//
// What other fonts a machine has, and how its fontconfig is set up, changes no page. A character
// that none of them has is drawn as its number in a box, never left out. Loading reads the files,
// and printing one page brings everything into memory that a sandbox would not let be opened later.
// One thread; a forked child may use what its parent loaded.
#pragma once

#include <filesystem>
#include <memory>

#include "verifier/core/error.h"

namespace heyan::pdf {

class Fonts {
 public:
  // kNotFound: a file is not there, or does not hold the face that it should.
  static core::Result<Fonts> load(const std::filesystem::path& folder);
  Fonts(Fonts&& other) noexcept;
  Fonts& operator=(Fonts&& other) noexcept;
  ~Fonts();

  // Pango's font map. For gateway/pdf only.
  struct Map;
  const Map& map() const { return *map_; }

 private:
  explicit Fonts(std::unique_ptr<Map> map);
  std::unique_ptr<Map> map_;
};

// Where they are for a program that lies in `folder`: ../share/heyan/fonts.
std::filesystem::path fonts_folder(const std::filesystem::path& folder);

}  // namespace heyan::pdf
