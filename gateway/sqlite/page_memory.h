// Memory of SQLite's page caches, apart from the heap. Only for the sources of this folder.
#pragma once

namespace heyan::sqlite {

// Before each connection that is opened; does its work once. A reader lets all its pages go when
// somebody else has written, and takes them anew: on the heap that leaves holes among what stays,
// and a process grows for hours. Any thread. Source: sqlite.org/malloc.html 3.
void give_page_memory();

}  // namespace heyan::sqlite
