// A precompiled header belongs to a program (cmake/Ballast.cmake), and a program needs a source.
int main() { return 0; }
