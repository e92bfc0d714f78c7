/* python.exe and pythonw.exe: CPython's own main, in the folder that holds its libraries. */
#include <windows.h>

extern int Py_Main(int argc, wchar_t **argv);

static int run(void)
{
    int count;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    return words ? Py_Main(count, words) : 1;
}

int main(void) { return run(); }

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, wchar_t *line, int show)
{
    (void)self; (void)before; (void)line; (void)show;
    return run();
}
