// What a page needs besides its file: letters that the file does not bring along, and the tables
// of Chinese, Japanese and Korean character sets.
//
// The letters are the program's own (gateway/pdf): whatever fonts a machine has, a page looks the
// same. They stand in for every typeface that a file only names, so its letters may look other
// than where the file was written; which characters there are does not change. Poppler opens
// these files while it draws, so a sandboxed child must be able to read folders(). One thread; a
// forked child uses what its parent loaded.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "verifier/core/error.h"

namespace heyan::drawing {

// Where they are for a program that lies in `folder`: where those of gateway/pdf are.
std::filesystem::path fonts_folder(const std::filesystem::path& folder);

class Letters {
 public:
  // For all that this process draws from then on, and for as long as this lives. kNotFound: the
  // folder holds no fonts.
  static core::Result<Letters> load(const std::filesystem::path& fonts);
  Letters(Letters&& other) noexcept;
  Letters& operator=(Letters&& other) noexcept;
  ~Letters();

  // What is read while a page is drawn. Without Poppler's tables (package poppler-data) characters
  // of files that rely on them are missing.
  static std::vector<std::filesystem::path> folders(const std::filesystem::path& fonts);

 private:
  struct Warm;
  explicit Letters(std::unique_ptr<Warm> warm);
  std::unique_ptr<Warm> warm_;
};

}  // namespace heyan::drawing
