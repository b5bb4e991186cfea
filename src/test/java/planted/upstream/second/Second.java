package planted.upstream.second;

public class Second {}
