/* Starts the version of the program that "current" names, in "versions" beside this file. WINDOW is set for the one with a window.

   A version that never showed its first window is not tried a third time: the one that "previous" names is taken instead.
   The program itself writes "confirmed" into its folder once its window stands. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define ROOM 32768
static wchar_t here[MAX_PATH], version[128];

static int read_name(const wchar_t *file, wchar_t *name, int most)
{
    wchar_t path[MAX_PATH];
    char text[128] = "";
    DWORD got = 0;
    _snwprintf(path, MAX_PATH, L"%ls\\%ls", here, file);
    HANDLE handle = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    if (handle == INVALID_HANDLE_VALUE) return 0;
    ReadFile(handle, text, sizeof text - 1, &got, NULL);
    CloseHandle(handle);
    for (DWORD at = 0; at < got; at++)  /* a name, and nothing that could lead out of the folder */
        if (!strchr("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+-_", text[at])) { text[at] = 0; break; }
    if (!text[0] || text[0] == '.') return 0;
    MultiByteToWideChar(CP_UTF8, 0, text, -1, name, most);
    return 1;
}

static int has(const wchar_t *file)
{
    wchar_t path[MAX_PATH];
    _snwprintf(path, MAX_PATH, L"%ls\\versions\\%ls\\%ls", here, version, file);
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

static void mark(const wchar_t *file)
{
    wchar_t path[MAX_PATH];
    _snwprintf(path, MAX_PATH, L"%ls\\versions\\%ls\\%ls", here, version, file);
    HANDLE handle = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (handle != INVALID_HANDLE_VALUE) CloseHandle(handle);
}

static int choose(void)
{
    wchar_t other[128];
    if (!read_name(L"current", version, 128)) return 0;
#ifdef WINDOW
    if (has(L"confirmed")) return 1;
    if (has(L"tried-twice") && read_name(L"previous", other, 128)) { wcscpy(version, other); return 1; }
    mark(has(L"tried") ? L"tried-twice" : L"tried");
#else
    (void)other; (void)mark;
#endif
    return has(L"python.exe");
}

/* Return what stands behind the first word of the command line. */
static const wchar_t *rest(const wchar_t *line)
{
    int quoted = 0;
    for (; *line && (quoted || (*line != L' ' && *line != L'\t')); line++) if (*line == L'"') quoted = !quoted;
    return line;
}

static int start(void)
{
    static wchar_t line[ROOM];
    STARTUPINFOW how = { sizeof how };
    PROCESS_INFORMATION what;
    DWORD code = 0;
    GetModuleFileNameW(NULL, here, MAX_PATH);
    wchar_t *end = wcsrchr(here, L'\\');
    if (end) *end = 0;
    if (!choose()) {
        MessageBoxW(NULL, L"Chương trình cài đặt chưa đầy đủ. Hãy chạy lại bộ cài; dữ liệu của quầy vẫn nguyên.", L"Quầy Một Cửa", MB_ICONERROR);
        return 4;
    }
#ifdef WINDOW
    const wchar_t *python = L"pythonw.exe", *module = L"ui";
#else
    const wchar_t *python = L"python.exe", *module = L"counter_app";
#endif
    if (_snwprintf(line, ROOM, L"\"%ls\\versions\\%ls\\%ls\" -X utf8 -m %ls%ls", here, version, python, module, rest(GetCommandLineW())) < 0) return 4;
    GetStartupInfoW(&how);
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &how, &what)) return 4;
    WaitForSingleObject(what.hProcess, INFINITE);
    GetExitCodeProcess(what.hProcess, &code);
    return (int)code;
}

int main(void) { return start(); }

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, wchar_t *line, int show)
{
    (void)self; (void)before; (void)line; (void)show;
    return start();
}
