/* For the trial in wine 8 alone, never shipped: the functions of complex numbers that its ucrtbase lacks and numpy asks for. */
typedef struct { float r, i; } F;
typedef struct { double r, i; } D;
#define OUT __declspec(dllexport)
#define IN __declspec(dllimport)

IN double exp(double);
IN double cos(double);
IN double sin(double);
IN double log(double);
IN double atan2(double, double);
IN double _hypot(double, double);

static D wide(F z) { D out = { z.r, z.i }; return out; }
static F narrow(D z) { F out = { (float)z.r, (float)z.i }; return out; }

OUT float crealf(F z) { return z.r; }
OUT float cimagf(F z) { return z.i; }
OUT double creal(D z) { return z.r; }
OUT double cimag(D z) { return z.i; }
OUT double creall(D z) { return z.r; }
OUT double cimagl(D z) { return z.i; }
OUT float cabsf(F z) { return (float)_hypot(z.r, z.i); }
OUT double cabsl(D z) { return _hypot(z.r, z.i); }

OUT D cexp(D z)
{
    double size = exp(z.r);
    D out = { size * cos(z.i), size * sin(z.i) };
    return out;
}

OUT D cexpl(D z) { return cexp(z); }
OUT F cexpf(F z) { return narrow(cexp(wide(z))); }

OUT D cpow(D a, D b)
{
    double size = log(_hypot(a.r, a.i)), turn = atan2(a.i, a.r);
    D z = { b.r * size - b.i * turn, b.r * turn + b.i * size };
    return cexp(z);
}

OUT D cpowl(D a, D b) { return cpow(a, b); }
OUT F cpowf(F a, F b) { return narrow(cpow(wide(a), wide(b))); }
